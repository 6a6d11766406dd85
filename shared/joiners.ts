/**
 * Invisible characters that belong to how words and emoji are written: Persian "می‌خواهم" has a non-joiner, "👩‍💻" a
 * joiner, "❤️" a variation selector. Everywhere else they only hide something. After Unicode's UAX #31 (A1 to B) and UTS #51.
 */

/** Scripts whose letters a joiner shapes. */
const SCRIPTS = ['Arabic', 'Syriac', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil']
  .concat(['Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar', 'Tibetan'])
  .map((script) => `\\p{Script=${script}}`)
  .join('')

const endsInLetter = new RegExp(`[${SCRIPTS}]\\p{M}{0,4}$`, 'u')
const startsWithLetter = new RegExp(`^[${SCRIPTS}]`, 'u')
const endsInEmoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?$/u
const startsWithEmoji = /^\p{Extended_Pictographic}/u

/** UTF-16 units looked at on each side: a letter with its marks. */
const REACH = 8

/**
 * @param at index of a character of the text
 * @returns whether it is a joiner or a variation selector where writing needs it
 */
export function isNeededJoiner(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  const before = text.slice(Math.max(0, at - REACH), at)
  const after = text.slice(at + 1, at + 1 + REACH)
  switch (code) {
    case 0x200c:
      return endsInLetter.test(before) && startsWithLetter.test(after)
    case 0x200d:
      if (endsInEmoji.test(before)) return startsWithEmoji.test(after)
      return endsInLetter.test(before) && startsWithLetter.test(after)
    case 0xfe0e:
    case 0xfe0f:
      return /\p{Extended_Pictographic}$/u.test(before) || (/[0-9#*]$/.test(before) && after.startsWith('\u20e3'))
    default:
      return false
  }
}
