/** Text without the differences that do not matter: case, Markdown marks, kinds of spaces, hyphens and quotes. */

/** gpt-oss writes non-breaking hyphens and narrow spaces. */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[*`]+/g, '')
    .replace(/[\s\u00a0\u202f\u2009]+/g, ' ')
    .toLowerCase()
}

/** @param name of an object, as a whole word: `web` is not in `web-1` */
export function holdsName(text: string, name: string): boolean {
  const escaped = name.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-]|\\.\\w)`, 'u').test(text)
}
