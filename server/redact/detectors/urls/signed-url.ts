import type { Detector } from '../../detector'
import { wordAt } from '../../text/words'

const parameter =
  /(?:sig|signature|x-amz-signature|x-amz-security-token|x-goog-signature|x-oss-signature|q-signature|hmac|hdnts|token_hash|googleaccessid_sig)(?:=|%3D)/iy

/** The signature of a URL that grants access by itself: Azure's, AWS', Google's and others', also without the host. */
export const signedUrl: Detector = {
  name: 'signed url',
  trigger: {
    kind: 'words',
    words: [
      '?sig',
      '&sig',
      ';sig',
      '?x-amz-s',
      '&x-amz-s',
      '?x-goog-signature',
      '&x-goog-signature',
      '&x-oss-signature',
      '&q-signature',
      '&hmac=',
      '?hmac=',
      '?hdnts',
      '%26sig',
      '%26x-amz-s',
      '\\u0026sig',
      '\\u0026x-amz-s',
    ],
  },
  redact(text, hit, out) {
    const name = hit.start + (text[hit.start] === '%' ? 3 : text[hit.start] === '\\' ? 6 : 1)
    parameter.lastIndex = name
    if (!parameter.test(text)) return hit.end
    const start = parameter.lastIndex
    const value = wordAt(text, start).split('#')[0] ?? ''
    if (value.length >= 6 && !value.startsWith('<') && !value.startsWith('$')) out.add(start, start + value.length)
    return Math.max(hit.end, start + value.length)
  },
  samples: {
    gone: [
      ['https://x.blob.core.windows.net/c?sv=2020&sig=a1b2c3%2Babc%3D&se=2024', 'a1b2c3%2Babc%3D'],
      [
        'GET /bucket/key?X-Amz-Algorithm=A&X-Amz-Signature=fe34b644e9debf492c2ae09ce82cd583 HTTP/1.1',
        'fe34b644e9debf492c2ae09ce82cd583',
      ],
      ['/k?X-Goog-Signature=a1b2c3d4e5f6', 'a1b2c3d4e5f6'],
      ['/k?Signature=a1b2c3d4', 'a1b2c3d4'],
      ['/k?a=b\\u0026sig=a1b2c3d4e5', 'a1b2c3d4e5'],
    ],
    kept: ['kill ?signal=9', '/k?sig=', '/k?X-Amz-SignedHeaders=host&a=b', '/a?signed=true&sigma=2'],
  },
}
