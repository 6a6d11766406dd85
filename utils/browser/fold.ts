/** Folds a text for searching: `Lỗi` and `loi` are the same, and so are `Đ` and `d`. */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd')
}

/** A text without line breaks whose folded form has as many characters, so that a place in one is a place in the other. */
export function foldInPlace(text: string): { text: string; folded: string } {
  const flat = text.normalize('NFC').replace(/\s+/g, ' ')
  const folded = flat.replace(/[^\0-\x7F]/g, (letter) => {
    const plain = foldText(letter)
    return plain.length === letter.length ? plain : letter
  })
  return { text: flat, folded: folded.toLowerCase().length === flat.length ? folded.toLowerCase() : folded }
}
