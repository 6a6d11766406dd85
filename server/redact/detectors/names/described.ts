import type { Detector } from '../../detector'
import { isTaken } from '../../values/taken'
import { atNames } from './named'

const RULE = ':\n----\n'

/** A ConfigMap's value in `kubectl describe`, up to the blank line after it. */
export const described: Detector = {
  name: 'described',
  trigger: { kind: 'key', places: ['block'] },
  redact: atNames((text, key, out) => {
    if (text.charCodeAt(key.end) !== 58 || !text.startsWith(RULE, key.end)) return key.end
    const start = key.end + RULE.length
    const blank = text.indexOf('\n\n', start)
    const end = blank < 0 ? text.length : blank
    if (!isTaken(key.name, key.promise, text.slice(start, end).trim(), 'strong')) return key.end
    out.add(start, end)
    return end
  }),
  samples: {
    gone: [['Data\n====\nDB_PASSWORD:\n----\nlet me\nin\n\nLOG_LEVEL:\n----\ninfo\n', 'let me']],
    kept: ['Data\n====\nlevel:\n----\nthe token count\n\n', 'Data\n====\npassword:\n----\n\n\nBinaryData\n'],
  },
}
