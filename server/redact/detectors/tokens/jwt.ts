import type { Detector } from '../../detector'
import { charSet, skip, skipBlank } from '../../text/chars'

const base64Url = charSet(/[A-Za-z0-9_-]/)

/**
 * A JWT (RFC 7519) begins with the base64 of `{"` and has at least one more part after a dot, possibly on the next
 * line.
 */
export const jwt: Detector = {
  name: 'jwt',
  trigger: { kind: 'words', words: ['eyj'] },
  redact(text, hit, out) {
    if (!text.startsWith('eyJ', hit.start)) return hit.end
    const header = skip(text, hit.start, base64Url)
    let end = nextPart(text, header)
    if (header - hit.start < 10 || end - header < 8) return header
    // The signature, or the three more parts of an encrypted token.
    for (let part = 0; part < 3; part++) {
      const next = nextPart(text, end)
      if (next === end) break
      end = next
    }
    out.add(hit.start, end)
    return end
  },
  samples: {
    gone: [
      [
        'token is eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJl.',
        'eyJpc3MiOiJrdWJlcm5ldGVzIn0',
        'c2lnbmF0dXJl',
      ],
      ['"log":"x\\neyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0"', 'eyJpc3MiOiJrdWJlcm5ldGVzIn0'],
      ['tok eyJhbGciOiJIUzI1NiJ9.\neyJzdWIiOiIxIiwiaWF0IjoxNX0.\nsUqjvy30XDTiGPki9HiSZ6YC', 'sUqjvy30XDTiGPki9HiSZ6YC'],
    ],
    kept: [
      'eyJ.io/v1 eyJhbGci.x',
      'eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MTg0NTY2M30',
      'keyjob.example.com.internal.svc',
    ],
  },
}

/** The end of the part after the dot at `at`, which a line break may follow. `at` if there is none. */
function nextPart(text: string, at: number): number {
  if (text[at] !== '.') return at
  const direct = skip(text, at + 1, base64Url)
  if (direct > at + 1) return direct
  const start = skipBlank(text, at + 1, at + 40)
  if (start === at + 1 || !/[\n\\]/.test(text.slice(at + 1, start))) return at
  const next = skip(text, start, base64Url)
  return next - start >= 16 ? next : at
}
