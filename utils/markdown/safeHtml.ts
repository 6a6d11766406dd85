/** HTML that our own renderers made from escaped text. No other HTML may be inserted. */
declare const brand: unique symbol
export type SafeHtml = string & { readonly [brand]: true }

/** Marks HTML as safe. Only for the Markdown and highlighting renderers. */
export function markSafe(html: string): SafeHtml {
  return html as SafeHtml
}
