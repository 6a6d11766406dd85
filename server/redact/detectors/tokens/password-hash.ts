import type { Detector } from '../../detector'
import { charSet, skip } from '../../text/chars'
import { lineEnd } from '../../text/lines'

const hash = charSet(/[A-Za-z0-9./+=$,_-]/)
const schemes: readonly [trigger: string, pattern: RegExp][] = [
  ...['$2a$', '$2b$', '$2x$', '$2y$'].map((each): [string, RegExp] => [each, /\d\d\$[./A-Za-z0-9]{40,60}/y]),
  ...['$1$', '$5$', '$6$', '$apr1$', '$y$', '$7$', '$gy$', '$8$', '$9$', '$sha1$', '$md5$', '$p5k2$'].map(
    (each): [string, RegExp] => [each, /(?:rounds=\d{1,9}\$)?[./A-Za-z0-9=,]{0,64}\$?[./A-Za-z0-9=$]{16,160}/y],
  ),
  ...['$argon2id$', '$argon2i$', '$argon2d$', '$scrypt$', '$pbkdf2', '$bcrypt'].map((each): [string, RegExp] => [
    each,
    /[A-Za-z0-9./+=$,_-]{20,400}/y,
  ]),
  ...[
    'pbkdf2_sha256$',
    'pbkdf2_sha1$',
    'pbkdf2_sha512$',
    'bcrypt_sha256$',
    'bcrypt$',
    'argon2$',
    'scram-sha-256$',
    'scram-sha-1$',
    'scram-sha-512$',
    'pbkdf2:sha',
    'scrypt:',
  ].map((each): [string, RegExp] => [each, /[A-Za-z0-9./+=$:,_-]{20,400}/y]),
  ...[
    '{sha}',
    '{ssha}',
    '{ssha256}',
    '{ssha512}',
    '{sha256}',
    '{sha512}',
    '{smd5}',
    '{md5}',
    '{crypt}',
    '{bcrypt}',
    '{pbkdf2',
    '{argon2',
    '{cleartext}',
    '{plain}',
    '{noop}',
    '{scram',
  ].map((each): [string, RegExp] => [each, /[A-Z0-9-]{0,20}\}?[A-Za-z0-9./+=$,_!@#%-]{4,400}/iy]),
]
const patterns = new Map(schemes)

/** Password hashes, which can be cracked: crypt, bcrypt, argon2, LDAP's and Django's; a Redis user's line. */
export const passwordHash: Detector = {
  name: 'password hash',
  trigger: {
    kind: 'words',
    words: [...patterns.keys(), 'user default ', ' on #', ' on >', ' on nopass', ' resetpass >', ' sanitize-payload #'],
  },
  redact(text, hit, out) {
    const { word } = hit
    const pattern = patterns.get(word)
    if (!pattern) return redis(text, hit.start, hit.end, out)
    pattern.lastIndex = hit.end
    if (!pattern.test(text)) return hit.end
    const end = skip(text, pattern.lastIndex, hash, pattern.lastIndex + 200)
    // The scheme of `pbkdf2_sha256$…` stays.
    out.add(word.startsWith('{') ? hit.end : hit.start, end)
    return end
  },
  samples: {
    gone: [
      [
        'user=admin hash=$argon2id$v=19$m=65536,t=3,p=4$Qfq9SIo402ZOCoC9Oc6gZk$xv/WSf7oNbG7Rkh1b8VG6eoVHKWnlRk7sWH3P3m8ecy',
        'xv/WSf7oNbG7Rkh1b8VG6eoVHKWnlRk7sWH3P3m8ecy',
      ],
      [`admin:$2y$10$${'aB3'.repeat(18)}`, 'aB3aB3'],
      ['admin:$apr1$a1B2c3D4$a1B2c3D4a1B2c3D4a1B2c3', 'a1B2c3D4a1B2c3D4a1B2c3'],
      [`root:$6$rounds=5000$saltsalt$${'aB3'.repeat(28)}:19000:0:99999:7:::`, 'aB3aB3'],
      ['auth: "admin:{SHA}jQgQD0G9UCrAxDfw8X7Ol3bqkUG="', 'jQgQD0G9UCrAxDfw8X7Ol3bqkUG='],
      [
        'user default on #45d163a13dd15b22e854effa3f022d7bba937388e9a0d4986420d37741725a96 ~* +@all',
        '45d163a13dd15b22e854effa3f022d7bba937388e9a0d4986420d37741725a96',
      ],
      ['user app on >hunter2 ~app:* +@all', 'hunter2'],
      ['pbkdf2_sha256$600000$saltsalt$mXq3u8nB2VvZ0yD7pQ1rS5tU9wX4cE6f=', 'mXq3u8nB2VvZ0yD7pQ1rS5tU9wX4cE6f'],
    ],
    kept: [
      'costs $1$ and $5$ more',
      'the scheme {SHA} of LDAP',
      'user default on nopass ~* +@all',
      'grep -c on > file',
    ],
  },
}

/** Redis' `user app on >password` and `#digest`, up to the end of the line. */
function redis(text: string, start: number, end: number, out: { add: (start: number, end: number) => void }): number {
  const before = text.slice(Math.max(0, start - 100), end)
  if (!/\buser [\w.*-]{1,80}[^\n]*$/.test(before)) return end
  const line = text.slice(start, Math.min(lineEnd(text, end), start + 600))
  for (const match of line.matchAll(/ [>#<!]([^\s"']{4,256})/g)) {
    const from = start + match.index + 2
    out.add(from, from + (match[1]?.length ?? 0))
  }
  return start + line.length
}
