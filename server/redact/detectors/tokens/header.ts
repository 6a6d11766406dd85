import type { Detector, Hit } from '../../detector'
import type { Spans } from '../../spans'
import { isUserAndPassword } from '../../values/generated'
import { isHarmless } from '../../values/harmless'

const before = /(?:\\*["'\]])?\s{0,8}(?:[:=]|%3A)\s{0,8}(?:\[|\\*["'])?\s{0,2}/iy
/** In settings of NGINX, Apache and HAProxy the value follows without a sign, in quotes. */
const directive = /[ \t]{1,8}\\*["']/y
const afterBasic = /(?:\\?[ \t]{1,8}|%20|\+)\\*["']?/y
const scheme =
  /(?:bearer|basic|token|apikey|api-key|negotiate|digest|aws4-hmac-sha256|ntlm|hawk|key|splunk|genie|sso-key|discordbot|bot)(?:\s{1,8}|%20|\+|:[ \t])/iy
/** `a:b` has four characters of base64; a word of prose is rarely longer. */
const SHORTEST_PAIR = 8
const value = /[^\s"'\\,;()<>[\]{}%]{1,8192}/y
/** Words that follow "bearer" in prose about tokens. */
const prose =
  /^(?:realm=|(?:tokens?|auth\w*|realm|scheme|error|header|credentials?|format|missing|invalid|required|prefix|type|from|with|that|which|must|should|cannot|and|for|not|was|has|are|is|in|of|or|to|the|a)\b(?![-._=/+]))/i

/** `Authorization: Bearer x`, also in Go's format, in JSON, or without its scheme; and `bearer x` anywhere. */
export const header: Detector = {
  name: 'header',
  trigger: { kind: 'words', words: ['authorization', 'bearer', 'basic'] },
  redact(text, hit, out) {
    if (hit.word === 'basic') return basic(text, hit, out)
    const isName = hit.end - hit.start > 6
    let at = hit.end
    let isSure = false
    if (isName) {
      before.lastIndex = at
      directive.lastIndex = at
      const hasSign = before.test(text)
      if (!hasSign && !directive.test(text)) return hit.end
      at = hasSign ? before.lastIndex : directive.lastIndex
      scheme.lastIndex = at
      isSure = scheme.test(text)
      if (isSure) at = scheme.lastIndex
      if (!hasSign) isSure = false
    } else {
      const blank = /^(?:\s{1,8}|%20|\+)["']?/.exec(text.slice(at, at + 12))
      if (!blank) return hit.end
      at += blank[0].length
    }
    value.lastIndex = at
    const found = value.exec(text)?.[0] ?? ''
    if (found === '' || isHarmless(found)) return hit.end
    // Without a scheme, only values that look like a credential: `authorization: denied` is a response.
    const isCredential = isName ? isSure || looksOpaque(found) : found.length >= 4 && !prose.test(found)
    if (!isCredential) return hit.end
    out.add(at, at + found.length)
    return at + found.length
  },
  samples: {
    gone: [
      ['Authorization: Bearer hunter2', 'hunter2'],
      ['{"authorization":"Bearer abc.def"}', 'abc.def'],
      ['headers map[Authorization:[Bearer GISSwI3EsSwUyZ] X:[y]]', 'GISSwI3EsSwUyZ'],
      ['authorization: 9f8e7d6c5b4a', '9f8e7d6c5b4a'],
      ['Proxy-Authorization: Basic dXNlcjpwdw==', 'dXNlcjpwdw=='],
      ['using Bearer sha256~abcDEF', 'sha256~abcDEF'],
      [
        'location / {\n  proxy_set_header Authorization "Basic YWRtaW46czNjcjN0LXBhc3N3b3Jk";\n}',
        'YWRtaW46czNjcjN0LXBhc3N3b3Jk',
      ],
      ['RequestHeader set Authorization "Basic YWRtaW46aHVudGVy"', 'YWRtaW46aHVudGVy'],
      ['RequestHeader set Authorization "Token 9f8e7d6c5b4a"', '9f8e7d6c5b4a'],
      ['http-request set-header Authorization Basic\\ YWRtaW46aHVudGVy', 'YWRtaW46aHVudGVy'],
      ['httpHeaders:\n- name: Authorization\n  value: Basic YWRtaW46aHVudGVy', 'YWRtaW46aHVudGVy'],
    ],
    kept: [
      'authorization: denied by RBAC',
      'invalid bearer token; Bearer authentication required; Bearer realm="x"',
      'Authorization: Bearer $TOKEN',
      'apiGroups: [authorization.k8s.io]',
      'authorization mode: Node,RBAC',
      'proxy_set_header Authorization "Basic $credentials"; proxy_set_header Authorization $http_authorization;',
      'the header Authorization "Basic base64(user:password)" is required; Authorization "token expired"',
      'Basic authentication, basic configuration, Basic realm="shop"',
    ],
  },
}

/** `Basic` and the base64 of `user:password`, under any name. */
function basic(text: string, hit: Hit, out: Spans): number {
  afterBasic.lastIndex = hit.end
  if (!afterBasic.test(text)) return hit.end
  const at = afterBasic.lastIndex
  value.lastIndex = at
  const found = value.exec(text)?.[0] ?? ''
  if (found.length < SHORTEST_PAIR || !isUserAndPassword(found)) return hit.end
  out.add(at, at + found.length)
  return at + found.length
}

function looksOpaque(found: string): boolean {
  return found.length >= 8 && /\d/.test(found) && /[a-z]/i.test(found)
}
