import type { Detector } from '../../detector'
import { charSet, skip, skipBlank } from '../../text/chars'

const anyBase64 = charSet(/[A-Za-z0-9+/=_-]/)
/** Base64 of `-----BEGIN`, of a JWT's start, of gzip as in Helm's releases, and of gzip's base64. */
const STARTS = [
  'LS0tLS1CRUdJTi',
  'ZXlKaGJHY2lPaU',
  'ZXlKMGVYQWlPaU',
  'ZXlKcmFXUWlPaU',
  'H4sIA',
  'SDRzSU',
  'TFMwdExTMUNSVWRKVG',
]
const SHORTEST = 40
const isPublic = /-----BEGIN (?:TRUSTED )?(?:CERTIFICATE|[A-Z ]*PUBLIC KEY|X509 CRL|[A-Z ]*PARAMETERS)/

/** Base64 of keys and tokens, recognised by its start; also folded. Public certificates stay. */
export const encodedKey: Detector = {
  name: 'encoded key',
  trigger: { kind: 'words', words: STARTS.map((start) => start.toLowerCase()) },
  redact(text, hit, out, holds) {
    if (!STARTS.includes(text.slice(hit.start, hit.end))) return hit.end
    let end = skip(text, hit.start, anyBase64)
    // Folded base64 continues in whole lines.
    for (;;) {
      const start = skipBlank(text, end)
      const next = skip(text, start, anyBase64)
      if (start === end || next - start < SHORTEST) break
      end = next
    }
    if (end - hit.start < SHORTEST) return end
    if (text.startsWith('LS0t', hit.start)) {
      const plain = Buffer.from(text.slice(hit.start, end), 'base64').toString('latin1')
      if (isPublic.test(plain.slice(0, 80)) && !plain.includes('PRIVATE') && !holds(plain)) {
        out.keptUntil = end
        return end
      }
    }
    out.add(hit.start, end)
    return end
  },
  samples: {
    gone: [
      [
        `ca: ${Buffer.from(`-----BEGIN PRIVATE KEY-----\n${'a1B2'.repeat(16)}\n`).toString('base64')}`,
        'LS0tLS1CRUdJTiBQUklW',
      ],
      [`release: H4sIAAAAAAAC/${'a1B2'.repeat(20)}`, 'a1B2a1B2a1B2'],
      [`release: ${Buffer.from(`H4sIAAAAAAAC/${'a1B2'.repeat(20)}`).toString('base64')}`, 'SDRzSUFBQUFBQUFD'],
      [`ZXlKaGJHY2lPaU${'a1B2'.repeat(20)}`, 'a1B2a1B2a1B2'],
    ],
    kept: [
      `caBundle: ${Buffer.from(`-----BEGIN CERTIFICATE-----\n${'a1B2'.repeat(16)}\n-----END CERTIFICATE-----\n`).toString('base64')}`,
      'H4sIA-short',
    ],
  },
}
