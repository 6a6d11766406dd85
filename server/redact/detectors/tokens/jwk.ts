import type { Detector } from '../../detector'

const FARTHEST = 4096
const member = /\\*"(?:d|p|q|dp|dq|qi|k)\\*"\s{0,8}:\s{0,8}\\*"([A-Za-z0-9_-]{16,4096})/g

/** The private members of a JSON Web Key (RFC 7517), also nested in JSON. */
export const jwk: Detector = {
  name: 'jwk',
  trigger: { kind: 'words', words: ['"kty', '"kty\\"'] },
  redact(text, { start, end }, out) {
    const from = Math.max(0, start - FARTHEST / 2)
    const open = from + Math.max(0, text.slice(from, start).lastIndexOf('{'))
    const near = text.slice(open, end + FARTHEST)
    const close = near.indexOf('}', end - open)
    member.lastIndex = 0
    const key = close < 0 ? near : near.slice(0, close)
    for (let found = member.exec(key); found; found = member.exec(key)) {
      const value = found[1] ?? ''
      out.add(open + member.lastIndex - value.length, open + member.lastIndex)
    }
    return open + key.length
  },
  samples: {
    gone: [
      [
        '{"kty":"RSA","n":"oT97a9MxIflfjqUkcHeJ","e":"AQAB","d":"rit3URfk7ZLEVGgLVmM1cE77wAAY5"}',
        'rit3URfk7ZLEVGgLVmM1cE77wAAY5',
      ],
      ['{"k":"rit3URfk7ZLEVGgLVmM1cE77wAAY5","kty":"oct"}', 'rit3URfk7ZLEVGgLVmM1cE77wAAY5'],
      [String.raw`{\"kty\":\"EC\",\"d\":\"rit3URfk7ZLEVGgLVmM1cE77wAAY5\"}`, 'rit3URfk7ZLEVGgLVmM1cE77wAAY5'],
    ],
    kept: ['{"kty":"RSA","n":"oT97a9MxIflfjqUkcHeJ","e":"AQAB","kid":"key-2024-01"}'],
  },
}
