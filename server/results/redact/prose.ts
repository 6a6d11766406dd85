/** Redacts credentials in sentences and in XML: `the password is x`, `<password>x</password>`, a line of .netrc. */
import { isHarmless, REDACTED } from './marker'
import { isCredential, looksRandom, sensitiveEnds } from './sensitive-keys'

const said = new RegExp(
  `((?:${sensitiveEnds})["']?[ \\t]{1,8}(?:is|was|set to|changed to)[ \\t]{0,8}:?[ \\t]{1,8}["'\`]?)([^\\s"'\`,;<>]{6,256})`,
  'gi',
)
const element = new RegExp(`(<[\\w:.-]{0,64}?(?:${sensitiveEnds})>)([^<>\\n]{1,4096})(?=</)`, 'gi')
const netrc = /(\bmachine[ \t]{1,8}\S{1,256}[ \t]{1,8}login[ \t]{1,8}\S{1,256}[ \t]{1,8}password[ \t]{1,8})(\S{1,256})/g

/** Returns the text with such values replaced. Linear: every repetition is bounded. */
export function redactProse(text: string): string {
  return text
    .replace(said, (whole, before: string, value: string) =>
      looksRandom(value) && !isHarmless(value) ? before + REDACTED + (/[.:!?]+$/.exec(value)?.[0] ?? '') : whole,
    )
    .replace(element, (whole, before: string, value: string) =>
      isCredential(before.slice(1, -1), value) && !isHarmless(value) ? before + REDACTED : whole,
    )
    .replace(netrc, (_, before: string) => before + REDACTED)
}
