/** Redacts credentials in URLs and data source names: `postgres://user:pw@host`, `https://token@host`, `user:pw@tcp(host)`. */
import { REDACTED } from './marker'
import { Splice } from './splice'

const SEPARATOR = '://'
/** User and host end here; no longer ones are looked at, so that time stays linear. */
const authorityChars = /[^\s"'<>`\\/?#]{0,512}/y
const targetChars = /[^\s"'<>`\\]{0,256}/y
/** A user name alone is harmless until it is as long as a token. */
const tokenLength = 16

/** `jdbc:oracle:thin:scott/tiger@host` */
const oracle = /(\bjdbc:oracle:\w{1,16}:[^\s/@"']{1,128}\/)[^\s@"']{1,128}(?=@)/g

export function redactUrlCredentials(text: string): string {
  return redactDataSourceNames(redactUrls(text)).replace(oracle, `$1${REDACTED}`)
}

function redactUrls(text: string): string {
  const out = new Splice(text)
  for (let at = text.indexOf(SEPARATOR); at >= 0; at = text.indexOf(SEPARATOR, at + SEPARATOR.length)) {
    const start = at + SEPARATOR.length
    const rest = target(text, start)
    const host = rest.lastIndexOf('@')
    // An image's digest: docker-pullable://nginx@sha256:…
    if (host < 0 || /^@sha\d+:/.test(rest.slice(host, host + 10))) continue
    const user = rest.slice(0, host)
    const colon = user.indexOf(':')
    if (colon >= 0) {
      if (colon + 1 < user.length && user.slice(colon + 1) !== REDACTED)
        out.replace(start + colon + 1, start + host, REDACTED)
    } else if (user.length >= tokenLength) {
      out.replace(start, start + host, REDACTED)
    }
  }
  return out.toString()
}

/** The text from `at` on that holds user and host, when there is an @. A password may hold an @ too, and a bare slash. */
function target(text: string, at: number): string {
  authorityChars.lastIndex = at
  const authority = authorityChars.exec(text)?.[0] ?? ''
  if (authority.includes('@')) return authority
  const port = /^[^:]*:(.*)$/.exec(authority)?.[1] ?? ''
  if (/^\d*$/.test(port)) return ''
  targetChars.lastIndex = at
  const longer = targetChars.exec(text)?.[0] ?? ''
  return longer.slice(0, longer.indexOf('@') + 1)
}

/** Go's MySQL driver: `user:password@tcp(host:3306)/name`. */
function redactDataSourceNames(text: string): string {
  const host = /@(?:tcp|unix)\(/g
  const out = new Splice(text)
  for (let match = host.exec(text); match; match = host.exec(text)) {
    const from = Math.max(0, match.index - 256)
    const before = text.slice(from, match.index)
    const start = before.search(/[^\s"'`=,]*$/)
    const colon = before.indexOf(':', start)
    if (colon >= 0 && colon + 1 < before.length && before.slice(colon + 1) !== REDACTED) {
      out.replace(from + colon + 1, match.index, REDACTED)
    }
  }
  return out.toString()
}
