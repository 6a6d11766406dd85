import type { Detector } from '../../detector'
import type { Spans } from '../../spans'
import { BLANKS, skip } from '../../text/chars'
import type { KeyAt } from '../../text/key-at'
import { columnAtLineStart, endOfDeeperLines, lineEnd, lineStart } from '../../text/lines'
import { nextLineAt } from '../../text/value'
import { isTaken } from '../../values/taken'
import { looksStrong } from '../../values/generated'
import { atNames } from './named'

/** Maximum items of a list to read. */
const MOST_ITEMS = 1000
const mapping = /^["']?[\p{L}\p{M}\p{N}_.$/-]{1,100}["']?[ \t]*:(?:\s|$)/u

/** The value is on the lines below its name, as a text or as list items; also after YAML's `? `. */
export const below: Detector = {
  name: 'below',
  trigger: { kind: 'key', places: ['block', 'bare'] },
  redact: atNames((text, key, out) => {
    const explicit = explicitValue(text, key)
    if (explicit) return take(text, key, explicit.start, explicit.end, out)
    if (key.separator?.kind !== 'colon') return key.end
    const next = nextLineAt(text, key.separator.end)
    if (next === undefined) return key.end
    const column = columnAtLineStart(text, key.start)
    const content = skip(text, next, BLANKS, next + 256)
    const end = lineEnd(text, content)
    if (content >= end) return key.end
    if (text.startsWith('- ', content)) return column < 0 ? key.end : items(text, key, next, out)
    if (mapping.test(text.slice(content, Math.min(end, content + 120)))) return key.end
    if (column >= 0 && content - next > column)
      return take(text, key, content, endOfDeeperLines(text, next - 1, column), out)
    // `Admin password:` in a log, with only the value on the next line.
    const value = text.slice(content, end).trim()
    if (!looksStrong(value)) return key.end
    out.add(content, content + value.length)
    return end
  }),
  samples: {
    gone: [
      ['passwords:\n- usir9T0CqE258G\n- other-one', 'usir9T0CqE258G', 'other-one'],
      ['api_keys:\n  - token:\n      abc def\n', 'abc def'],
      ['? password\n: 2eZxDwveYUGiul\n', '2eZxDwveYUGiul'],
      ['password:\n  hunter2 and\n  more\nnext: 1', 'hunter2', 'more'],
      ['Your admin password:\nq8Zr4LmT1vXc\nDone', 'q8Zr4LmT1vXc'],
      ['apiKeys:\n- 9f8e7d6c5b4a\n- 1a2b3c4d5e6f', '9f8e7d6c5b4a', '1a2b3c4d5e6f'],
    ],
    kept: [
      'secrets:\n- name: default-token-8cm6q\n- name: regcred',
      'token:\n  path: token\n',
      'imagePullSecrets:\n- regcred-2024A',
      'tokens:\n- default-token-wnqxh',
      'password:\nuser: admin',
      'Token:\nauthentication failed',
      'secretKeys:\n- username\n- password\npublicKeys:\n- cosign_Pub_2024',
      'sshKeys:\n- ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJx7yq2m4Kk3wB1c9PvR8s0tU5z6Y7a8B9cD0eF1gH2 a@b',
    ],
  },
}

function take(text: string, key: KeyAt, start: number, end: number, out: Spans): number {
  if (isTaken(key.name, key.promise, text.slice(start, end).trim(), 'strong')) {
    out.add(start, end)
    return end
  }
  return key.end
}

/** `? password`, and its value after the colon on the next line. */
function explicitValue(text: string, key: KeyAt): { start: number; end: number } | undefined {
  if (text.charCodeAt(key.start - 1) !== 32 || text.charCodeAt(key.start - 2) !== 63) return undefined
  const next = nextLineAt(text, key.end)
  if (next === undefined || (lineStart(text, key.start) ?? -1) < 0) return undefined
  const colon = skip(text, next, BLANKS, next + 256)
  if (text.charCodeAt(colon) !== 58) return undefined
  return { start: skip(text, colon + 1, BLANKS, colon + 64), end: lineEnd(text, colon) }
}

/** List items that are not mappings; returns the end of the list. */
function items(text: string, key: KeyAt, from: number, out: Spans): number {
  const column = skip(text, from, BLANKS, from + 256) - from
  let at = from
  for (let count = 0; count < MOST_ITEMS && at < text.length; count++) {
    const dash = skip(text, at, BLANKS, at + 256)
    if (dash - at !== column || !text.startsWith('- ', dash)) break
    const start = skip(text, dash + 1, BLANKS, dash + 64)
    const end = lineEnd(text, start)
    const item = text.slice(start, Math.min(end, start + 8192)).trim()
    if (mapping.test(item.slice(0, 120))) return at
    const bare = item.replace(/^(["'])(.*)\1$/, '$2')
    const quote = bare === item ? 0 : 1
    if (isTaken(key.name, key.promise, bare, 'strong')) out.add(start + quote, start + item.length - quote)
    at = end + 1
  }
  return at - 1
}
