/** Which names promise that their value is a credential. */

/** Ends of names that promise one. They are ends, since `secretName`, `tokenExpirationSeconds` and `passwordPolicy` are harmless. */
const sure = [
  'passw(?:or)?d',
  'passphrase',
  'passcode',
  'token',
  'api[_.-]?key',
  'access[_.-]?key',
  'account[_.-]?key',
  'encryption[_.-]?key',
  'signing[_.-]?key',
  'master[_.-]?key',
  'shared[_.-]?key',
  'session[_.-]?key',
  'private[_.-]?key',
  'secret[_.-]key',
  'secret[_.-]?key[_.-]?base',
  'client[_.-]?secret',
  'client-key-data',
  'client-certificate-data',
  'x-mcp-auth',
].join('|')

/** Ends that also name a Secret, a key in one, a working directory: their value tells. */
const doubtful = 'secret|secret-?key|credentials?|auth|pass|pwd'

/** `password2`, `db-password.txt` */
const suffix = '(?:[_-]?\\d{1,2})?(?:\\.(?:txt|json|ya?ml|conf|key))?'

/** Source of an expression for the end of a name that may promise a credential: ask promiseOf what it promises. */
export const sensitiveEnds = `(?:${sure}|${doubtful})${suffix}`

const sureEnd = new RegExp(`(?:${sure})${suffix}$`, 'i')
const doubtfulEnd = new RegExp(`(?:${doubtful})${suffix}$`, 'i')
/** In the capitals of an environment variable these name no object: `JWT_SECRET`, `REDIS_AUTH`. */
const capitals = /(?:^|[_\W])(?:SECRET|CREDENTIALS?)(?:_?\d{1,2})?$|[_\W](?:AUTH|PASS|PWD)(?:_?\d{1,2})?$/
/** `smtp_pass`, `db.pwd`, `dbPass`; but `bypass`, and `PWD` itself. */
const passEnd = /(?:[_.-]pass|[_.-]pwd|[a-z]Pass|[a-z]Pwd)(?:_?\d{1,2})?$/
/** Of an S3 client, or the name of a key in a Secret: names of keys seldom hold a digit. */
const secretKey = /secret-?key$/i
/** A checksum of a Secret is none. */
const digest = /checksum|(?:^|[^a-z])(?:sha\d+|hash|digest)(?:[^a-z]|$)/i

export type Promised = 'sure' | 'doubtful'

/**
 * What a name promises of its value: `sure` to be a credential, `doubtful` where the value has to look like one
 * (looksGenerated), or undefined. `name` may be cut at its front, but not at its end.
 */
export function promiseOf(name: string): Promised | undefined {
  const end = name.slice(-80)
  const isSure = sureEnd.test(end)
  if ((!isSure && !doubtfulEnd.test(end)) || digest.test(end)) return undefined
  return isSure || capitals.test(end) || passEnd.test(end) ? 'sure' : 'doubtful'
}

/** True when a value under this name is taken for a credential. */
export function isCredential(name: string, value: string): boolean {
  const promise = promiseOf(name)
  if (promise !== 'doubtful') return promise === 'sure'
  return looksGenerated(value) || (secretKey.test(name) && looksRandom(value))
}

/**
 * What no name of a Kubernetes object looks like, and no word: mixed with capitals or signs, or long without a dash; also
 * base64 of `user:password`, as the `auth` of a registry has it.
 */
export function looksGenerated(value: string): boolean {
  const bare = value.replace(/[.:!?,]+$/, '')
  if (bare.length < 6 || bare.length > 4096 || /\s/.test(bare)) return false
  // A path, or an object with its namespace.
  if (/^(?:\/|[a-z0-9.-]+\/[a-z0-9.-]+$)/.test(bare)) return false
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(bare) && bare.length % 4 === 0 && isUserAndPassword(bare)) return true
  if (!/\d/.test(bare) || !/[a-z]/i.test(bare)) return false
  return /[^a-z0-9.-]/.test(bare) || (bare.length >= 16 && !/[.-]/.test(bare))
}

function isUserAndPassword(base64: string): boolean {
  return /^[\x21-\x39\x3b-\x7e]{1,128}:[\x20-\x7e]+$/.test(Buffer.from(base64, 'base64').toString('latin1'))
}

/** A credential and not a word of prose: `token: Unauthorized` says what went wrong, and stays. */
export function looksRandom(value: string): boolean {
  const bare = value.replace(/[.:!?]+$/, '')
  return bare.length >= 6 && /\d/.test(bare) && /[a-z]/i.test(bare)
}
