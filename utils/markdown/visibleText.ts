import { isNeededJoiner } from '#shared/joiners'

/**
 * Invisible or reordering characters: control, format, bidirectional and zero-width ones, unusual spaces and filler
 * letters. Not line feeds and tabs.
 */
const unseen =
  /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u2800\u3164\uffa0]/gu

/** Writes hidden characters as codes, e.g. `\u{202e}`, so that an approved text shows everything. */
export function visibleText(text: string): string {
  return text.replace(unseen, (character, at: number) =>
    isNeededJoiner(text, at) ? character : `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  )
}
