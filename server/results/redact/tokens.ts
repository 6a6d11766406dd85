/** Redacts what is a credential by its own shape: JWTs, bearer tokens, headers, keys of well-known providers. */
import { isHarmless, REDACTED } from './marker'
import { redactProviders } from './providers'
import { charSet, skip, skipBlank } from './scan'
import { Splice } from './splice'

const base64Url = charSet(/[A-Za-z0-9_-]/)
const anyBase64 = charSet(/[A-Za-z0-9+/=_-]/)

/** A JWT (RFC 7519) begins with the base64 of `{"`, and has at least one more part after a dot. */
function redactJwts(text: string): string {
  const out = new Splice(text)
  for (let at = text.indexOf('eyJ'); at >= 0;) {
    const header = skip(text, at, base64Url)
    const payload = text[header] === '.' ? skip(text, header + 1, base64Url) : header
    let end = payload
    if (header - at >= 10 && payload - header > 8) {
      // The signature, or the three more parts of an encrypted one.
      for (let part = 0; part < 3 && text[end] === '.'; part++) {
        const next = skip(text, end + 1, base64Url)
        // A full stop.
        if (next === end + 1) break
        end = next
      }
      out.replace(at, end, REDACTED)
    } else {
      end = header
    }
    at = text.indexOf('eyJ', Math.max(end, at + 1))
  }
  return out.toString()
}

/** Base64 of `-----BEGIN`, and of the beginnings of a JWT: a PEM block or a token inside a kubeconfig or a Secret; and of gzip, as Helm keeps its releases. */
const encodedStart =
  /LS0tLS1CRUdJTi|ZXlKaGJHY2lPaU|ZXlKMGVYQWlPaU|ZXlKcmFXUWlPaU|H4sIA[A-Za-z0-9+/]{40}|SDRzSU[A-Za-z0-9+/]{40}/g

function redactEncoded(text: string): string {
  const out = new Splice(text)
  encodedStart.lastIndex = 0
  for (let match = encodedStart.exec(text); match; match = encodedStart.exec(text)) {
    let end = skip(text, match.index, anyBase64)
    // Folded base64 goes on in whole lines of it.
    for (;;) {
      const start = skipBlank(text, end)
      const next = skip(text, start, anyBase64)
      if (start === end || next - start < 40) break
      end = next
    }
    out.replace(match.index, end, REDACTED)
    encodedStart.lastIndex = end
  }
  return out.toString()
}

const header =
  /((?:proxy-)?authorization(?:\\*["'])?\s{0,8}[:=]\s{0,8}(?:\\*["'])?(?:(?:bearer|basic|token|apikey|negotiate|digest|aws4-hmac-sha256)\s{1,8})?)([^\s"'\\,;]+)/gi
const scheme = /\b(bearer\s{1,8})([^\s"'\\,;()<>[\]{}]+)/gi
/** Words that follow "bearer" where people write about tokens. */
const prose =
  /^(?:tokens?|auth\w*|realm|scheme|error|header|credentials?|format|missing|invalid|required|prefix|type|from|with|that|which|must|should|cannot|and|for|not|was|has|are|is)\b(?![-._=/+])/i

function looksOpaque(value: string): boolean {
  return value.length >= 8 && /\d/.test(value) && /[a-z]/i.test(value)
}

function redactHeaders(text: string): string {
  return text
    .replace(header, (whole, before: string, value: string) => {
      // Without a scheme only what looks like a credential: `authorization: denied` is an answer.
      const sure = /(?:bearer|basic|token|apikey|negotiate|digest|sha256)\s+$/i.test(before)
      return isHarmless(value) || !(sure || looksOpaque(value)) ? whole : before + REDACTED
    })
    .replace(scheme, (whole, before: string, value: string) =>
      value.length < 4 || isHarmless(value) || prose.test(value) ? whole : before + REDACTED,
    )
}

const cookieLine = /\b(?:set-)?cookie(?:\\*["'])?\s{0,8}[:=]\s{0,8}(?:\\*["'])?/gi
const attribute = /^(?:path|domain|expires|max-age|samesite)=/i
const cookiePair = /([\w.-]{1,128}=)([^\s"';,\\]+)(;?\s{0,8})/y

/** The values of cookies: a session, such as R_SESS of Rancher, is its user's whole access. */
function redactCookies(text: string): string {
  const out = new Splice(text)
  cookieLine.lastIndex = 0
  for (let match = cookieLine.exec(text); match; match = cookieLine.exec(text)) {
    cookiePair.lastIndex = cookieLine.lastIndex
    for (let pair = cookiePair.exec(text); pair; pair = cookiePair.exec(text)) {
      const start = pair.index + (pair[1]?.length ?? 0)
      if (!attribute.test(pair[0]) && !isHarmless(pair[2] ?? ''))
        out.replace(start, start + (pair[2]?.length ?? 0), REDACTED)
      cookieLine.lastIndex = cookiePair.lastIndex
    }
  }
  return out.toString()
}

/** Returns the text with such credentials replaced. Linear: every expression is anchored on a literal or a whole run. */
export function redactTokens(text: string): string {
  return redactCookies(redactHeaders(redactProviders(redactJwts(redactEncoded(text)))))
}
