/** Redacts credentials in URLs and data source names: `postgres://user:pw@host`, `https://token@host`, `user:pw@tcp(host)`. */
import { REDACTED } from './marker'
import { Splice } from './splice'

const SEPARATOR = '://'
/** What can follow `://` within one URL; longer ones are looked at no further, so that time stays linear. */
const target = /[^\s"'<>`\\]{0,1024}/y
/** A user name alone is harmless until it is as long as a token. */
const tokenLength = 16

export function redactUrlCredentials(text: string): string {
  return redactDataSourceNames(redactUrls(text))
}

function redactUrls(text: string): string {
  const out = new Splice(text)
  for (let at = text.indexOf(SEPARATOR); at >= 0; at = text.indexOf(SEPARATOR, at + SEPARATOR.length)) {
    const start = at + SEPARATOR.length
    target.lastIndex = start
    const rest = target.exec(text)?.[0] ?? ''
    const host = atSign(rest)
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

/** Index of the @ before the host, or -1. A password may hold an @, and one that was not escaped a slash. */
function atSign(rest: string): number {
  const authority = rest.slice(0, /[/?#]|$/.exec(rest)?.index ?? rest.length)
  const last = authority.lastIndexOf('@')
  if (last >= 0) return last
  const port = /^[^:]*:(.*)$/.exec(authority)?.[1] ?? ''
  return port === '' || /^\d+$/.test(port) ? -1 : rest.indexOf('@')
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
