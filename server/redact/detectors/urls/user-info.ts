import type { Detector } from '../../detector'
import { REDACTED } from '../../marker'

/** The end of user and host. Bounded, so that the time stays linear. */
const authority = /[^\s"'<>`\\/?#]{0,512}/y
const longer = /[^\s"'<>`\\]{0,256}/y
/** A user name alone is harmless if it is shorter than a token. */
const TOKEN_LENGTH = 16
const SEPARATORS = ['://', ':\\/\\/', '%3a%2f%2f']

/** `postgres://user:pw@host`, `https://token@host`, also with escaped or encoded slashes. */
export const userInfo: Detector = {
  name: 'user info',
  trigger: { kind: 'words', words: SEPARATORS },
  redact(text, hit, out) {
    const start = hit.end
    if (text.charCodeAt(start - 1) === 102 || text.charCodeAt(start - 1) === 70) return encoded(text, start, out)
    const rest = target(text, start)
    const host = rest.lastIndexOf('@')
    // An image's digest: docker-pullable://nginx@sha256:…
    if (host < 0 || rest.startsWith('sha', host + 1)) return hit.end
    const user = rest.slice(0, host)
    const colon = user.indexOf(':')
    const secret = colon < 0 ? user : user.slice(colon + 1)
    if (secret === '' || secret === REDACTED || isTemplate(secret)) return start + host
    if (colon >= 0) out.add(start + colon + 1, start + host)
    else if (user.length >= TOKEN_LENGTH && !/^[a-z._-]+$/.test(user) && !user.includes('='))
      out.add(start, start + host)
    return start + host
  },
  samples: {
    gone: [
      ['LEDGER_URL: postgres://user:hunter2@db:5432/x', 'hunter2'],
      ['redis://:hunter2@cache:6379', 'hunter2'],
      ['amqp://u:hunt@er/2@mq a', 'hunt@er/2'],
      ['https://0123456789abcdef0123@sentry.example/1', '0123456789abcdef0123'],
      ['mongodb+srv://app:hunter2@m-0,m-1/x', 'hunter2'],
      ['{"url":"https:\\/\\/u:hunter2@h\\/x"}', 'hunter2'],
      ['redirect=https%3A%2F%2Fu%3Ahunter2%40h', 'hunter2'],
      ['ldap://cn=admin,dc=x:hunter2@ldap', 'hunter2'],
    ],
    kept: [
      'postgres://ledger.payments:5432/ledger ssh://git@host/x http://h/?mail=a@b.c',
      'docker-pullable://images.example/library/nginx@sha256:7de03484139427397220609c0d6b5ec203d27b98eedee0c0d055be9dd583110d',
      'ftp://anonymous@mirror.example/pub https://npm.example/@nuxt/ui/-/ui-4.11.2.tgz',
      'postgres://$(USER):$(PASSWORD)@db/x postgres://user:${PW}@db/x amqp://user:<password>@mq',
    ],
  },
}

function isTemplate(secret: string): boolean {
  return /^(?:\$\{[^}]*\}|\$\([^)]*\)|\$[A-Z_]+|\{\{.*\}\}|<[^>]*>|\*+|x{3,}|%s|\{\w+\}|password|pass|pwd|\[\w+\]|:\w+|YOUR_\w+)$/i.test(
    secret,
  )
}

/** User and host after `at`, if there is an @. A password may also contain an @ or a bare slash. */
function target(text: string, at: number): string {
  authority.lastIndex = at
  const found = authority.exec(text)?.[0] ?? ''
  if (found.includes('@') || found.includes('<')) return found
  const wider = /^[^:]{0,128}:<[^>@\s]{1,64}>@/.exec(text.slice(at, at + 260))?.[0]
  if (wider !== undefined) return wider
  const port = /^[^:]*:(.*)$/.exec(found)?.[1] ?? ''
  if (/^\d*$/.test(port)) return ''
  longer.lastIndex = at
  const rest = longer.exec(text)?.[0] ?? ''
  return rest.slice(0, rest.indexOf('@') + 1)
}

function encoded(text: string, at: number, out: { add: (start: number, end: number) => void }): number {
  const found = /^[^\s"'&%]{0,128}%3a([^\s"'&]{1,256}?)%40/i.exec(text.slice(at, at + 420))
  if (!found) return at
  const start = at + found[0].length - 3 - (found[1]?.length ?? 0)
  out.add(start, at + found[0].length - 3)
  return at + found[0].length
}
