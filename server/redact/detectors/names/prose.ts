import type { Detector } from '../../detector'
import type { Spans } from '../../spans'
import { lastWordEnd } from '../../text/last-word'
import { isUuid, looksGenerated, looksRandom, looksStrong } from '../../values/generated'
import { isHarmless } from '../../values/harmless'
import { isTaken } from '../../values/taken'
import { endsPath } from '../../text/key-at'
import { columnAtLineStart } from '../../text/lines'
import { atNames } from './named'

const said =
  /["'*`]{0,2}[ \t]{1,8}(?:(?:for|of)[ \t]{1,4}(?:the[ \t]{1,4})?(?:user[ \t]{1,4})?["'`]?[\w.@-]{1,64}["'`]?[ \t]{0,4})?(?:(?:is|was|set to|changed to|reset to|now|generated|created|will be|ist|lautet|est|es|è|là|var|это|equals)[ \t]{0,8}:?|:|=|-)[ \t]{1,8}["'`*]{0,2}/iy
/** Of several words, or with a verb before them: `PASSWORD FOR SYS AND SYSTEM: x`, `is generated for root@localhost: x`. */
const saidFor =
  /["'*`]{0,2}[ \t]{1,8}(?:(?:is|was)[ \t]{1,4}(?:generated|created|set|reset|changed|assigned)[ \t]{1,4})?(?:for|of|to)[ \t]{1,4}[\w.@%,'"` -]{1,80}:[ \t]{1,8}["'`*]{0,2}/iy
/** Elasticsearch's `PASSWORD elastic = x`. */
const ofUser = /[ \t]{1,8}[\w.@-]{1,64}[ \t]{1,4}=[ \t]{1,4}/y
const next = /[ \t]{1,64}["'`]?/y
const value = /[^\s"'`,;<>()]{4,512}/y
/** Settings that consist of a name and a value separated by blanks. */
const directive =
  /^(?:requirepass|masterauth|masterpass|sasl_?password|bindpw|rootpw|password|passwd|secret|token|auth_pass|authpass|pass|smtp_password|api_key|apikey|auth-pass|auth_pw|ldap_bind_pw|ssl_password|keypass|storepass|key_password|proxy_pass_password|sshkey|key)$/i

/** Values in sentences and settings files: `the password is x`, `requirepass x`, `(password x)`. */
export const prose: Detector = {
  name: 'prose',
  trigger: { kind: 'key', places: ['bare'] },
  redact: atNames((text, key, out) => {
    const code = text.charCodeAt(key.end)
    if (key.separator || (code !== 32 && code !== 9 && code !== 34 && code !== 39 && code !== 96 && code !== 42))
      return key.end
    if (endsPath(text, key)) return key.end
    if (key.promise === 'password') {
      const end = ofPassword(text, key.end, out)
      if (end !== undefined) return end
    }
    said.lastIndex = key.end
    const isSaid = said.test(text)
    next.lastIndex = key.end
    if (!isSaid && !next.test(text)) return key.end
    const start = isSaid ? said.lastIndex : next.lastIndex
    value.lastIndex = start
    const found = value.exec(text)?.[0].replace(/[.:!?]+$/, '') ?? ''
    if (found === '' || isHarmless(found) || key.promise === 'doubtful') {
      if (!(key.promise === 'doubtful' && isSetting(text, key.start, key.name, start + found.length))) return key.end
    }
    const isValue = isSaid
      ? looksRandom(found) || looksStrong(found)
      : looksStrong(found) ||
        (isSetting(text, key.start, key.name, start + found.length) &&
          isTaken(key.name, key.promise, found, 'strong')) ||
        isAfterLogin(text, key.start, key.name)
    if (!isValue) return key.end
    out.add(start, start + found.length)
    return start + found.length
  }),
  samples: {
    gone: [
      ['the admin password is: hunter2x', 'hunter2x'],
      ['Password for user admin: q8Zr4LmT', 'q8Zr4LmT'],
      ['login as admin (password w1QlqVDkR9mN4i) succeeded', 'w1QlqVDkR9mN4i'],
      ['[Server] A temporary password is generated for root@localhost: Kk?rp8!dyhS1', 'Kk?rp8!dyhS1'],
      ['[Server] A temporary password is generated for root@localhost: {k,rp(8>;dyhS1', '{k,rp', '8>;dyhS1'],
      ['ORACLE PASSWORD FOR SYS, SYSTEM AND PDBADMIN: 1a2b3c4d5e', '1a2b3c4d5e'],
      ['Changed password for user elastic\nPASSWORD elastic = dVrs2BGn8STa0kzDw2', 'dVrs2BGn8STa0kzDw2'],
      ['the admin password is 8e557245-73e2-4286-969a-ff57fe326336', '8e557245-73e2-4286-969a-ff57fe326336'],
      ['requirepass hunter2\nmaxmemory 1gb', 'hunter2'],
      ['machine x login u password hunter2', 'hunter2'],
      ['machine git.shop\n  login ci\n  password hunter2\n', 'hunter2'],
      ['user ci with password IjYffuyF7oZwNK"', 'IjYffuyF7oZwNK'],
    ],
    kept: [
      'failed to set the password for the pods of shop: cart-7d9f8b6c5d-x2x4z',
      'the password was reset for user app: done; password length = 12',
      'password authentication failed for user "app"',
      'the password is wrong; the token is expired; password must have 12 characters',
      'token expires in 3600s',
      'token lookup failed',
      'a token of 2048 characters',
      'the secret db was created',
      'password hashing with bcrypt',
      '"POST /oauth2/token HTTP/1.1" 401 52',
      '[2026-11-29T10:00:00.000Z] "GET /api/v1/password HTTP/2" 200 - 0 52',
      'POST https://id.example.com/oauth2/token - 3f2ab12c - 12ms',
      'PUT api/v1/password HTTP/1.1',
    ],
  },
}

/** Generated passwords after several words, which end their line; returns the value's end. */
function ofPassword(text: string, at: number, out: Spans): number | undefined {
  saidFor.lastIndex = at
  said.lastIndex = at
  ofUser.lastIndex = at
  const isFor = saidFor.test(text)
  const isSaid = !isFor && said.test(text)
  if (!isFor && !isSaid && !ofUser.test(text)) return undefined
  const start = isFor ? saidFor.lastIndex : isSaid ? said.lastIndex : ofUser.lastIndex
  const end = lastWordEnd(text, start) ?? start
  const found = text.slice(start, end)
  if (found.length < 8 || isHarmless(found)) return undefined
  if (!(isUuid(found) || looksStrong(found) || ((isFor || isSaid) && looksGenerated(found)))) return undefined
  out.add(start, end)
  return end
}

/** The name begins its line, and the value ends it. */
function isSetting(text: string, start: number, name: string, end: number): boolean {
  if (!directive.test(name) && !/^[a-z_]*(?:passw(?:or)?d|passphrase)$/.test(name)) return false
  const after = text.charCodeAt(end)
  return (end >= text.length || after === 10 || after === 59 || after === 13) && columnAtLineStart(text, start) >= 0
}

/** `.netrc`: machine, login, password, on one line or three. */
function isAfterLogin(text: string, start: number, name: string): boolean {
  return name === 'password' && isLogin(text.slice(Math.max(0, start - 180), start))
}

function isLogin(before: string): boolean {
  return (
    before.includes('login') && /\blogin[ \t]{1,8}\S{1,128}\s{1,32}$/.test(before.slice(before.lastIndexOf('login')))
  )
}
