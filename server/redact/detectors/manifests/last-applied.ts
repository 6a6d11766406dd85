import type { Detector } from '../../detector'
import { REDACTED } from '../../marker'
import { lineEnd, endOfDeeperLines } from '../../text/lines'
import { readQuoted } from '../../text/quoted'

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

const sign = /(?:\\*["'])?[ \t]{0,16}[:=][ \t]{0,64}/y

/**
 * The annotation in which `kubectl apply` stores the whole manifest, including Secret values; in YAML, JSON and
 * `describe`.
 */
export const lastApplied: Detector = {
  name: 'last applied',
  trigger: { kind: 'words', words: [LAST_APPLIED] },
  redact(text, hit, out) {
    // `f:` marks a name in managedFields, without a value.
    if (text.startsWith('f:', hit.start - 2)) return hit.end
    sign.lastIndex = hit.end
    if (!sign.test(text)) return hit.end
    const start = sign.lastIndex
    const quoted = readQuoted(text, start)
    const closed = quoted !== undefined && quoted.after > quoted.end
    // The value may continue below: in a block scalar, a folded string, or `describe`'s next line.
    const end = closed ? quoted.end : endOfDeeperLines(text, lineEnd(text, start), columnOf(text, hit.start))
    const from = quoted ? quoted.start : start
    const value = text.slice(from, Math.min(end, from + 40)).trim()
    if (value !== '' && value !== REDACTED && value !== '{}')
      // On `describe`'s next line the marker needs a blank before it.
      out.add(from, end, /[ \t"']/.test(text[from - 1] ?? '') ? REDACTED : ` ${REDACTED}`)
    return Math.max(end, hit.end)
  },
  samples: {
    gone: [
      [`metadata:\n  annotations:\n    ${LAST_APPLIED}: |\n      {"note":"hunter2"}\n    other: stays`, 'hunter2'],
      [`{"${LAST_APPLIED}":"{\\"a\\":\\"hunter2\\"}","b":"c"}`, 'hunter2'],
      [`Annotations:  ${LAST_APPLIED}:\n                {"note":"hunter2"}\n              other: stays`, 'hunter2'],
    ],
    kept: [`f:annotations:\n  f:${LAST_APPLIED}: {}`, `remove ${LAST_APPLIED} and apply again`],
  },
}

function columnOf(text: string, at: number): number {
  const floor = Math.max(0, at - 256)
  return at - floor - (text.slice(floor, at).lastIndexOf('\n') + 1)
}
