/** Removes characters that a terminal, browser or model would obey but a person would not see. */
import { isNeededJoiner } from '#shared/joiners'

// Built from numbers, so that the source contains no invisible characters.
const range = (from: number, to = from): string =>
  `\\u{${from.toString(16).padStart(4, '0')}}-\\u{${to.toString(16).padStart(4, '0')}}`

const ESC = '\\u001b'

/**
 * ECMA-48 sequences: CSI (colours, cursor), strings (OSC titles and links, DCS, APC) up to their terminator on the same
 * line, and the two- and three-byte ones. A broken one loses its ESC below.
 */
const ansi = new RegExp(
  [
    `(?:${ESC}\\[|\\u009b)[0-?]*[ -/]*[@-~]`,
    `${ESC}[\\]PX^_][^\\u0007\\u001b\\n]*(?:\\u0007|${ESC}\\\\)`,
    `${ESC}[ -/]+[0-~]`,
    `${ESC}[0-Z\\\\^-~]`,
  ].join('|'),
  'gu',
)

const invisible = new RegExp(
  `[${[
    range(0x00, 0x08), // C0 except tab and line feed
    range(0x0b, 0x1f),
    range(0x7f, 0x9f), // DEL and C1
    range(0xad), // soft hyphen
    range(0x34f), // combining grapheme joiner
    range(0x61c), // bidi: Arabic letter mark
    range(0x115f, 0x1160), // Hangul fillers
    range(0x17b4, 0x17b5),
    range(0x180b, 0x180f), // Mongolian selectors
    range(0x200b, 0x200f), // zero width, bidi marks
    range(0x202a, 0x202e), // bidi embeddings and overrides
    range(0x2060, 0x206f), // word joiner, bidi isolates, invisible operators
    range(0x3164),
    range(0xfe00, 0xfe0f), // variation selectors
    range(0xfeff), // byte order mark
    range(0xffa0),
    range(0xfff9, 0xfffb), // interlinear annotation
    range(0xe0000, 0xe0fff), // tags: a whole hidden alphabet
  ].join('')}]`,
  'gu',
)

/** Between the variables of `/proc/1/environ`: without it two of them would be one word. */
const nul = /\0+(?=[A-Z_][A-Z0-9_]{0,100}=)/g

const lineBreak = /\r\n?|[\u0085\u2028\u2029]/g

/** Everything that these expressions could match, in one pass: most texts contain none of it. */
const suspicious = /[^\t\n -~]/

/**
 * Removes ANSI sequences, control characters (except \n and \t), bidi controls, and zero-width and other invisible
 * characters, except joiners that words and emoji need. Line breaks become \n, lone surrogates U+FFFD. Linear time.
 */
export function sanitizeText(text: string): string {
  if (!suspicious.test(text)) return text
  return text.toWellFormed().replace(ansi, '').replace(nul, ' ').replace(lineBreak, '\n').replace(invisible, keepNeeded)
}

function keepNeeded(character: string, at: number, text: string): string {
  return isNeededJoiner(text, at) ? character : ''
}
