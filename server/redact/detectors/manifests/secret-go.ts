import type { Detector } from '../../detector'

const FARTHEST = 64 * 1024

/** Secrets in Go's format: `Data:map[string][]byte{a: [104 117 …],}`, `StringData:map[string]string{a: x,}`. */
export const secretGo: Detector = {
  name: 'secret go',
  trigger: { kind: 'words', words: ['data:map[string]', 'data: map[string]', 'data:map[', 'data: map['] },
  redact(text, hit, out) {
    const isString = /string$/i.test(text.slice(Math.max(0, hit.start - 6), hit.start))
    const isBinary = /binary$/i.test(text.slice(Math.max(0, hit.start - 6), hit.start))
    const near = text.slice(hit.start, hit.start + FARTHEST)
    const opened = /^data: ?map\[(?:string\](?:\[\](?:byte|uint8)|string)\{)?/i.exec(near)
    if (!opened || isBinary || !(isString || /\[\](?:byte|uint8)\{$|map\[$/.test(opened[0]))) return hit.end
    const isBytes = !isString
    const close = near.indexOf(opened[0].endsWith('{') ? '}' : ']]', opened[0].length)
    const end = close < 0 ? near.length : close + (opened[0].endsWith('{') ? 0 : 1)
    const body = near.slice(opened[0].length, end)
    const values = isBytes ? /[\w./-]{1,253}: ?(\[[\d, ]{1,60000}\]?)/g : /[\w./-]{1,253}: ?([^,}\]]{1,60000})/g
    for (let found = values.exec(body); found; found = values.exec(body)) {
      const value = found[1] ?? ''
      const from = hit.start + opened[0].length + values.lastIndex - value.length
      out.add(from, from + value.length)
    }
    return hit.start + end
  },
  samples: {
    gone: [
      [
        'secret: &Secret{ObjectMeta:{x  shop},Data:map[string][]byte{a: [79 48 79 79 53 50 113],},Type:Opaque,StringData:map[string]string{password: O0OO52qCJmUD5D,}',
        '79 48 79 79 53 50 113',
        'O0OO52qCJmUD5D',
      ],
      ['{Data:map[a:[104 117 110 116]]}', '104 117 110 116'],
    ],
    kept: [
      '&ConfigMap{Data:map[string]string{mode: fast,},}',
      '&ConfigMap{BinaryData:map[string][]byte{a: [1 2 3],},}',
    ],
  },
}
