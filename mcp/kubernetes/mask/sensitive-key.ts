/** Decides by its words whether a key or variable name holds a credential. */

const SINGLE = new Set(
  'password passwords passwd passphrase passcode pwd pass token tokens secret secrets credential credentials creds apikey htpasswd kubeconfig dsn cookie'.split(
    ' ',
  ),
)
/** `key` is a credential after one of these words: `apiKey`, `private_key`, `SECRET-KEY`. */
const BEFORE_KEY = new Set(
  'api access private secret encryption signing master account shared session license client ssh tls ca'.split(' '),
)
/** As the last word these describe a credential but hold none: `secretName`, `tokenTTL`, `passwordPolicy`. */
const DESCRIBING_END = new Set(
  'name names namespace ref refs policy length enabled enable create expiration expires ttl seconds minutes hours path paths mount class provider type url endpoint issuer count size algorithm store manager rotation version annotations labels optional method mode'.split(
    ' ',
  ),
)
/** `userPasswordKey` is the name of an entry in a Secret. */
function namesEntry(words: readonly string[]): boolean {
  return words.at(-1) === 'key' && /^passw(?:or)?d$/.test(words.at(-2) ?? '')
}

/** Anywhere in the key these words mean that the value names a Secret or its key. */
const NAMING = new Set(['existing', 'pull', 'checksum'])

/** `DB_PASSWORD`, `dbPassword` and `db-password` are `['db', 'password']`. */
function wordsOf(key: string): string[] {
  return key
    .normalize('NFKC')
    .slice(-200)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
}

/** True if a text or number under this key is treated as a credential. */
export function isSensitiveKey(key: string): boolean {
  const words = wordsOf(key)
  if (describes(words)) return false
  return words.some(
    (word, index) =>
      SINGLE.has(word) ||
      /(?:password|passwd|secret|token|apikey)$/.test(word) ||
      (word === 'key' && BEFORE_KEY.has(words[index - 1] ?? '')) ||
      (word === 'string' && words[index - 1] === 'connection') ||
      (word === 'auth' && index > 0 && index === words.length - 1),
  )
}

/** True if the key describes or names something, such as `name`, `create` and `existingSecret`. */
export function isDescribingKey(key: string): boolean {
  return describes(wordsOf(key))
}

function describes(words: readonly string[]): boolean {
  return words.some((word) => NAMING.has(word)) || DESCRIBING_END.has(words.at(-1) ?? '') || namesEntry(words)
}
