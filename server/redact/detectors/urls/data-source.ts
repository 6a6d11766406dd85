import type { Detector } from '../../detector'
import { REDACTED } from '../../marker'
import { charSet, skipBack } from '../../text/chars'
import { isHarmless } from '../../values/harmless'

const nameChars = charSet(/[^\s"'`=,]/)

/** `user:password@tcp(host:3306)/name` of Go's MySQL driver, `jdbc:oracle:thin:scott/tiger@host`. */
export const dataSource: Detector = {
  name: 'data source',
  trigger: { kind: 'words', words: ['@tcp(', '@unix(', '@tcp4(', '@tcp6(', 'jdbc:oracle:'] },
  redact(text, hit, out) {
    if (text[hit.start] !== '@') {
      const found = /^\w{1,16}:[^\s/@"']{1,128}\/([^\s@"']{1,128})(?=@)/.exec(text.slice(hit.end, hit.end + 300))
      if (!found || isHarmless(found[1] ?? '')) return hit.end
      const end = hit.end + found[0].length
      out.add(end - (found[1]?.length ?? 0), end)
      return end
    }
    const start = skipBack(text, hit.start, nameChars, Math.max(0, hit.start - 256))
    const user = text.slice(start, hit.start)
    const colon = user.indexOf(':')
    const secret = user.slice(colon + 1)
    if (colon >= 0 && secret !== '' && secret !== REDACTED && !isHarmless(secret)) out.add(start + colon + 1, hit.start)
    return hit.end
  },
  samples: {
    gone: [
      ['dsn root:hunter2@tcp(db:3306)/shop', 'hunter2'],
      ['root:hunter2@unix(/run/mysqld.sock)/shop', 'hunter2'],
      ['jdbc:oracle:thin:scott/hunter2@host:1521', 'hunter2'],
    ],
    kept: ['root@tcp(db:3306)/shop', 'root:${PW}@tcp(db)/x', 'jdbc:oracle:thin:@host:1521'],
  },
}
