/** Has the browser save a text as a file; nothing goes over the network. */
export function downloadText(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName(name)
  link.click()
  // The download has its own reference by then; at once, some browsers would cancel it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** A name that every file system takes: `shop/cart-6d5` becomes `shop-cart-6d5`. */
export function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|-+$/g, '') || 'download'
}
