import type { Detector } from '../../detector'
import { isHarmless } from '../../values/harmless'

const line = /(?:s|2)?(?:\\*["'\]])?\s{0,8}(?:[:=]|%3A)\s{0,8}(?:\[|\\*["'])?/iy
const attribute = /^(?:path|domain|expires|max-age|samesite|priority|version|comment)=/i
const pair = /([\w.-]{1,128}=)([^\s"';,\\\]]{0,8192})(;?\s{0,8}(?:(?:HttpOnly|Secure|Partitioned);?\s{0,8}){0,3})/iy

/** Cookie values: a session, such as Rancher's R_SESS, gives full access. */
export const cookie: Detector = {
  name: 'cookie',
  trigger: { kind: 'words', words: ['cookie'] },
  redact(text, hit, out) {
    line.lastIndex = hit.end
    if (!line.test(text)) return hit.end
    pair.lastIndex = line.lastIndex
    let end = hit.end
    for (let found = pair.exec(text); found; found = pair.exec(text)) {
      const start = found.index + (found[1]?.length ?? 0)
      const value = found[2] ?? ''
      if (!attribute.test(found[0]) && value !== '' && !isHarmless(value)) out.add(start, start + value.length)
      end = pair.lastIndex
    }
    return end
  },
  samples: {
    gone: [
      ['Cookie: R_SESS=token-abc:hunter2; theme=dark', 'hunter2', '=dark'],
      ['< set-cookie: R_SESS=token-x:OYDhC72ousH1; Path=/; HttpOnly', 'OYDhC72ousH1'],
      ['map[Cookie:[JSESSIONID=J8PmLAytyRNy]]', 'J8PmLAytyRNy'],
    ],
    kept: ['Set-Cookie: ; Path=/', 'cookie policy: strict', 'cookies enabled: true'],
  },
}
