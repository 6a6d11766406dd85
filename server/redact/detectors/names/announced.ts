import type { Detector } from '../../detector'
import { lastWordEnd } from '../../text/last-word'
import { isUuid, looksGenerated, looksStrong } from '../../values/generated'
import { isHarmless } from '../../values/harmless'
import { atNames } from './named'

/** The rest of the sentence after the name, up to the end of its line. */
const sentence = /[^\n\r:\\]{0,200}:[ \t]{0,8}(?=\r?\n|\\{1,4}[nr])/y
/** Line ends, also escaped, and what `kubectl logs` writes before a line. */
const lines =
  /(?:[ \t]{0,8}(?:\r?\n|(?:\\{1,4}r)?\\{1,4}n)(?:\[pod\/\S{1,200}\] )?(?:\d{4}-\d\d-\d\dT[\d:.]{8,24}(?:Z|[+-]\d\d:\d\d) ?)?){1,3}[ \t]{0,16}/y
const word = /[^\s\\"]{8,200}(?=[ \t]{0,8}(?:[\r\n\\"]|$))/y
/** Words for values that are not credentials. */
const other =
  /\b(?:hash|digest|fingerprint|checksum|certificate|commit|id|file|path|url|version|name|host|pod|namespace)s?\b/i

/** A sentence announces a value, which is a word on a line of its own: Jenkins, Elasticsearch. Or a sign begins it. */
export const announced: Detector = {
  name: 'announced',
  trigger: { kind: 'key', places: ['bare', 'block'] },
  redact: atNames((text, key, out) => {
    if (key.promise === 'doubtful') return key.end
    if (key.place === 'block' && key.separator?.spaced) {
      const start = key.separator.end
      const end = lastWordEnd(text, start) ?? start
      if (key.promise !== 'password' || !looksStrong(text.slice(start, end))) return key.end
      out.add(start, end)
      return end
    }
    sentence.lastIndex = key.end
    const between = sentence.exec(text)?.[0]
    if (between === undefined || other.test(between)) return key.end
    lines.lastIndex = sentence.lastIndex
    if (!lines.test(text)) return key.end
    word.lastIndex = lines.lastIndex
    const value = word.exec(text)?.[0] ?? ''
    if (!isAnnounced(value, key.promise === 'password')) return key.end
    out.add(lines.lastIndex, lines.lastIndex + value.length)
    return lines.lastIndex + value.length
  }),
  samples: {
    gone: [
      [
        'Please use the following password to proceed to installation:\n\nd7f4a3b0c2e148d3a9b65f0e1c7d8a92\n\nThis may also be found at: /x',
        'd7f4a3b0c2e148d3a9b65f0e1c7d8a92',
      ],
      [
        '2026-11-29T10:00:00.1Z use the following password to proceed:\n2026-11-29T10:00:00.1Z \n2026-11-29T10:00:00.1Z d7f4a3b0c2e148d3a9b65f0e1c7d8a92\n',
        'd7f4a3b0c2e148d3a9b65f0e1c7d8a92',
      ],
      [
        '{"log":"use the following password to proceed:\\n\\nd7f4a3b0c2e148d3a9b65f0e1c7d8a92\\n"}',
        'd7f4a3b0c2e148d3a9b65f0e1c7d8a92',
      ],
      [
        'Password for the elastic user (reset with `bin/elasticsearch-reset-password -u elastic`):\n  dVrs2_BGn8ST*a0kzDw2\n',
        'dVrs2_BGn8ST*a0kzDw2',
      ],
      ['Initial admin password:\n8e557245-73e2-4286-969a-ff57fe326336', '8e557245-73e2-4286-969a-ff57fe326336'],
      ['[Entrypoint] GENERATED ROOT PASSWORD: #Bw,+8R/d=7Wqx\n', '#Bw,+8R/d=7Wqx'],
    ],
    kept: [
      'The password hash of the user is below:\n9f8e7d6c5b4a39281706f5e4d3c2b1a0\n',
      'Failed to mount the token of pods:\ncart-7d9f8b6c5d-x2x4z\n',
      'passwords do not match in:\nsrc/auth/Login2.tsx\n',
      'use one of these passwords:\n\nanything-you-like\n',
      'The password of the user is in this file:\n/var/jenkins_home/secrets/initialAdminPassword2\n',
      'image with token support: \n\nregistry.example.com/shop/cart:V2\n',
    ],
  },
}

function isAnnounced(value: string, isPassword: boolean): boolean {
  if (value === '' || value.endsWith(':') || isHarmless(value)) return false
  if (looksStrong(value)) return true
  if (/[/:@]|\.\w/.test(value)) return false
  return isPassword ? looksGenerated(value) || isUuid(value) : /^[\da-f]{20,}$/i.test(value)
}
