/** Folds a text for searching: `Lỗi` and `loi` are the same, and so are `Đ` and `d`. */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd')
}
