import type { Detector } from '../../detector'
import { readQuoted } from '../../text/quoted'
import { wordAt } from '../../text/words'
import { isHarmless } from '../../values/harmless'

const literal = /from-literal(?:\\*["'],[ \t]{0,8}\\*["']|[= ])["']?[\w.-]{1,253}=/y

/** The values of `kubectl create secret`, under any key. */
export const secretLiteral: Detector = {
  name: 'secret literal',
  trigger: { kind: 'words', words: ['from-literal'] },
  redact(text, hit, out) {
    literal.lastIndex = hit.start
    if (!literal.test(text)) return hit.end
    const before = text.slice(Math.max(0, hit.start - 400), hit.start)
    if (!/\bsecret\b/.test(before.slice(before.lastIndexOf('\n') + 1))) return hit.end
    const at = literal.lastIndex
    const quoted = readQuoted(text, at)
    const opening =
      text[literal.lastIndex - 1] === '=' ? /["'](?=[\w.-]*=$)/.exec(text.slice(hit.end, at))?.[0] : undefined
    const closing = opening === undefined ? -1 : text.slice(at, at + 4096).indexOf(opening)
    const start = quoted?.start ?? at
    const value = quoted
      ? text.slice(quoted.start, quoted.end)
      : closing >= 0
        ? text.slice(at, at + closing)
        : wordAt(text, at)
    if (value !== '' && !isHarmless(value)) out.add(start, start + value.length)
    return Math.max(hit.end, start + value.length)
  },
  samples: {
    gone: [
      ['kubectl create secret generic a --from-literal=k=hunter2 -n lab', 'hunter2'],
      ["kubectl create secret generic x --from-literal='a=hunter 2'", 'hunter 2'],
      ["kubectl create secret generic x --from-literal=a='hunter 2' --from-literal=b=letmein", 'hunter 2', 'letmein'],
      ['["create","secret","generic","a","--from-literal","k=hunter2"]', 'hunter2'],
    ],
    kept: [
      'kubectl create secret generic db --from-literal=key=<value>',
      'kubectl create secret generic db --from-literal=key="$VALUE"',
      'kubectl create configmap c --from-literal=mode=fast',
    ],
  },
}
