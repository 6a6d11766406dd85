import type { Detector } from '../../detector'
import { isHarmless } from '../../values/harmless'
import { lineEnd, lineStart } from '../../text/lines'
import { looksStrong } from '../../values/generated'

/** `host:port:database:user:password` */
const pgpass =
  /^[ \t]{0,32}["']?(?:[\w.*-]{1,200}):(?:\d{1,5}|\*):(?:[\w.*-]{1,100}):(?:[\w.*@-]{1,100}):([^\s"']{3,200})["']?[ \t]*$/
const MOST_LINES = 200

/** Lines of `.pgpass`; s3fs' `id:key`; Traefik's `basicAuth` users; a `user:password` that looks generated. */
export const passwordFile: Detector = {
  name: 'password file',
  trigger: {
    kind: 'words',
    words: [
      ':5432:',
      ':5433:',
      ':6432:',
      '*:*:',
      ':*:',
      '- "admin:',
      '- admin:',
      "- 'admin:",
      'basicauth',
      'trying admin:',
      'login admin:',
      'admin:',
      'root:',
      'akia',
    ],
  },
  redact(text, hit, out) {
    const { word } = hit
    if (word === 'basicauth') return users(text, hit.end, out)
    if (word === 'akia') {
      const pair = /^[A-Z0-9]{16}:([A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])/.exec(text.slice(hit.end, hit.end + 64))
      if (!pair) return hit.end
      out.add(hit.end + 17, hit.end + 57)
      return hit.end + 57
    }
    if (/(?:admin|root):$/.test(word)) {
      const value = /^[^\s"',;:)\]}]{8,128}/.exec(text.slice(hit.end, hit.end + 130))?.[0] ?? ''
      if (!looksStrong(value) || /[\w/]/.test(text[hit.start - 1] ?? '')) return hit.end
      out.add(hit.end, hit.end + value.length)
      return hit.end + value.length
    }
    const begin = lineStart(text, hit.start)
    const end = lineEnd(text, hit.end)
    if (begin === undefined || end - begin > 900) return hit.end
    const found = pgpass.exec(text.slice(begin, end))
    const secret = found?.[1] ?? ''
    if (!found || isHarmless(secret)) return hit.end
    const from = begin + found[0].lastIndexOf(secret)
    out.add(from, from + secret.length)
    return end
  },
  samples: {
    gone: [
      ['db.shop.svc:5432:shop:app:hunter2\n*:*:*:repl:letmein', 'hunter2', 'letmein'],
      ['basicAuth:\n  users:\n  - "ops:DdMmYTg4xx4qcC"\n', 'DdMmYTg4xx4qcC'],
      ['trying admin:uHvmzqLjut57Tt', 'uHvmzqLjut57Tt'],
      [
        'passwd: AKIAJQURDLPIZTSIEMKP:zrRjtT5/kWeHlnbBVcKfi0wuI17wsxKjvvwiAU7x',
        'zrRjtT5/kWeHlnbBVcKfi0wuI17wsxKjvvwiAU7x',
      ],
    ],
    kept: [
      'tcp 0.0.0.0:5432:5432 db',
      'system:serviceaccount:admin:default role:admin:read-only',
      'basicAuth:\n  secret: users-secret\n',
      'cn=admin:ou=people',
    ],
  },
}

/** The user list below `basicAuth`. */
function users(text: string, from: number, out: { add: (start: number, end: number) => void }): number {
  const near = text.slice(from, from + 600)
  const list = /^["']?:\s{0,64}["']?users["']?:[ \t]*(?=\n|\[)/.exec(near)
  if (!list) return from
  let at = from + list[0].length
  for (let count = 0; count < MOST_LINES; count++) {
    const item = /^[\s,[]{0,64}(?:-[ \t]{1,8})?["']?[\w.@-]{1,64}:([^\s"',\]]{3,200})["']?/.exec(
      text.slice(at, at + 400),
    )
    if (!item) break
    const end = at + item[0].length - (/["']$/.test(item[0]) ? 1 : 0)
    const secret = item[1] ?? ''
    if (!isHarmless(secret)) out.add(end - secret.length, end)
    at += item[0].length
  }
  return at
}
