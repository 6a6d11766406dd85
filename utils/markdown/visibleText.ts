import { isNeededJoiner } from '#shared/joiners'

/**
 * Characters that are not seen, or that reorder what is: control, format, bidirectional and zero-width ones, spaces of
 * other kinds, and fillers that are letters in name only. Line feeds and tabs are what they look like.
 */
const unseen =
  /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u115f\u1160\u2800\u3164\uffa0]/gu

/** A text as it is approved: what could hide in it is written out as its code, e.g. `\u{202e}`. */
export function visibleText(text: string): string {
  return text.replace(unseen, (character, at: number) =>
    isNeededJoiner(text, at) ? character : `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  )
}
