/** HTML that one of our own renderers made out of text it escaped. Nothing else may be put into the page as HTML. */
declare const brand: unique symbol
export type SafeHtml = string & { readonly [brand]: true }

/** Marks HTML as safe. For the renderers of Markdown and of highlighted code alone. */
export function markSafe(html: string): SafeHtml {
  return html as SafeHtml
}
