/**
 * Reads the separator between name and value: `: `, `=`, `" => "`, `%3D`, `\u003d`, also after closing quotes and
 * brackets.
 */
import { BLANKS, skip } from './chars'

export interface Separator {
  kind: 'colon' | 'equals'
  /** Start of the value. */
  end: number
  /** True if a quote follows the name: JSON, or a literal of some language. */
  quoted: boolean
  /** True if blanks follow the sign. */
  spaced: boolean
  /** Levels of percent-encoding of the sign: 0 for a plain one. */
  percent: number
}

/** More do not occur in any language. */
const MOST_CLOSERS = 24
const closers = /(?:\\*["'`]|\\+u0022|&(?:quot|#34|#39|apos);|%(?:25){0,3}2[27]|[\])}*]){1,6}/y
const encoded = /%(?:25){0,4}(?:3[DdAa])|\\+u003[dD]|&#(?:61|x3[dD]|58|x3[aA]);/y

/** The separator at `at`, or undefined. */
export function separatorAt(text: string, at: number): Separator | undefined {
  let end = at
  let quoted = false
  const first = text.charCodeAt(at)
  // Most names are followed by a blank without a sign.
  if (!mayBegin(first)) return undefined
  if (first !== 58 && first !== 61 && first !== 32) {
    closers.lastIndex = at
    const closed = closers.exec(text)?.[0] ?? ''
    if (closed.length <= MOST_CLOSERS) end += closed.length
    quoted = /["'`2;]/.test(closed)
  }
  end = skip(text, end, BLANKS, end + 64)
  const sign = signAt(text, end)
  if (!sign) return undefined
  // `**Password:** x` of Markdown.
  const bold = text.startsWith('**', sign.end) && text.charCodeAt(sign.end + 2) !== 42 ? sign.end + 2 : sign.end
  const after = skip(text, bold, BLANKS, bold + 512)
  return { kind: sign.kind, end: after, quoted, spaced: after > sign.end, percent: sign.percent }
}

function mayBegin(code: number): boolean {
  switch (code) {
    case 9: // tab
    case 32:
    case 34: // "
    case 37: // %
    case 38: // &
    case 39: // '
    case 41: // )
    case 42: // *
    case 43: // +
    case 45: // -
    case 58: // :
    case 61: // =
    case 63: // ?
    case 92: // \
    case 93: // ]
    case 96: // `
    case 125: // }
    case 0x2192: // →
    case 0xff1a: // ：
    case 0xff1d: // ＝
      return true
    default:
      return false
  }
}

interface Sign {
  kind: 'colon' | 'equals'
  end: number
  percent: number
}

function signAt(text: string, at: number): Sign | undefined {
  const next = text.charCodeAt(at + 1)
  switch (text.charCodeAt(at)) {
    case 61: // = == =>
      return { kind: 'equals', end: at + (next === 61 || next === 62 ? 2 : 1), percent: 0 }
    case 58: // : := but not ::
      if (next === 58) return undefined
      // `:=` assigns; a shell's `:-` sets a default.
      return next === 61 || next === 45
        ? { kind: 'equals', end: at + 2, percent: 0 }
        : { kind: 'colon', end: at + 1, percent: 0 }
    case 43: // +=
    case 63: // ?=
      return next === 61 ? { kind: 'equals', end: at + 2, percent: 0 } : undefined
    case 45: // ->
      return next === 62 ? { kind: 'equals', end: at + 2, percent: 0 } : undefined
    case 0x2192:
    case 0xff1d:
      return { kind: 'equals', end: at + 1, percent: 0 }
    case 0xff1a:
      return { kind: 'colon', end: at + 1, percent: 0 }
    case 37:
    case 38:
    case 92: {
      encoded.lastIndex = at
      const sign = encoded.exec(text)?.[0]
      if (sign === undefined) return undefined
      const isColon = /3[Aa];?$|58;$/.test(sign)
      return {
        kind: isColon ? 'colon' : 'equals',
        end: at + sign.length,
        percent: sign.startsWith('%') ? 1 + (sign.length - 3) / 2 : 0,
      }
    }
    default:
      return undefined
  }
}
