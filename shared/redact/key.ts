/** Decides from a name whether its value is a credential: the only place, for logs, manifests, charts and variables. */
import { fold } from './fold'
import {
  DESCRIBING_ENDS,
  DOUBTFUL_WORDS,
  GLUED_ENDS,
  NAMING_WORDS,
  PASSWORD_WORDS,
  SHORT_WORDS,
  TOKEN_WORDS,
  TRAILING_WORDS,
} from './vocabulary'

/**
 * `password`: any value is a credential. `token`: any except a number. `doubtful`: only a value that looks generated.
 */
export type KeyPromise = 'password' | 'token' | 'doubtful'

/** Maximum length to read; of a longer name only its end. */
const LONGEST = 120

/** `DB_PASSWORD`, `dbPassword` and `db-password` are `['db', 'password']`. */
function wordsOf(key: string): string[] {
  const name = key.slice(-LONGEST)
  for (let at = 0; at < name.length; at++) if (name.charCodeAt(at) > 127) return foldedWords(name)
  return asciiWords(name)
}

function foldedWords(name: string): string[] {
  return fold(name)
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((word) => word.split(/(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L}{3})/u))
    .filter((word) => word !== '')
}

const SMALL = 1
const CAPITAL = 2
const DIGIT = 3

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return SMALL
  if (code >= 65 && code <= 90) return CAPITAL
  return code >= 48 && code <= 57 ? DIGIT : 0
}

/** The same by hand, since nearly all names are ASCII. */
function asciiWords(name: string): string[] {
  const words: string[] = []
  let start = 0
  let before = 0
  for (let at = 0; at <= name.length; at++) {
    const kind = at < name.length ? kindOf(name.charCodeAt(at)) : 0
    const ends =
      kind !== before &&
      (kind === 0 ||
        (before === SMALL && kind === CAPITAL) ||
        (before !== 0 && kind === DIGIT) ||
        (before === DIGIT && kindOf(name.charCodeAt(at + 1)) !== 0 && kindOf(name.charCodeAt(at + 2)) !== 0))
    // Of `HTTPToken` the T begins the second word.
    const isInner = before === CAPITAL && kind === SMALL && at - start > 1
    if (isInner) {
      words.push(name.slice(start, at - 1).toLowerCase())
      start = at - 1
    } else if (ends) {
      if (before !== 0) words.push(name.slice(start, at).toLowerCase())
      start = at
    }
    if (before === 0 && kind !== 0) start = at
    before = kind
  }
  return words
}

/** All phrases of the vocabulary, with blanks between their words. */
const phrases = new Map<string, KeyPromise>([
  ...phrasesOf(DOUBTFUL_WORDS, 'doubtful'),
  ...phrasesOf(TOKEN_WORDS, 'token'),
  ...phrasesOf([...PASSWORD_WORDS, ...SHORT_WORDS], 'password'),
])
/** Most words end none of them. */
const lastWords = new Set([...phrases.keys()].map((phrase) => phrase.slice(phrase.lastIndexOf(' ') + 1)))
const LONGEST_PHRASE = 4
/** Words of other scripts are also found glued to others: some scripts have no spaces. */
const foreign = [...PASSWORD_WORDS, ...TOKEN_WORDS].filter(
  (word) => /^[^ -~]{2}/.test(word) || /^\S*[^ -~]\S*$/.test(word),
)
const glued = GLUED_ENDS.map((word) => [word, phrases.get(word) ?? 'token'] as const)

function phrasesOf(list: readonly string[], promise: KeyPromise): [string, KeyPromise][] {
  return list.map((phrase) => [phrase.split(/[^\p{L}\p{N}]+/u).join(' '), promise])
}

const known = new Map<string, KeyPromise | 'none'>()
const mostKnown = 5000

/** What the name promises, or undefined for any other name. Caches recent names, since texts repeat them. */
export function promiseOf(key: string): KeyPromise | undefined {
  const before = known.get(key)
  if (before !== undefined) return before === 'none' ? undefined : before
  const promise = read(key)
  if (known.size >= mostKnown) known.clear()
  known.set(ownText(key), promise ?? 'none')
  return promise
}

/** A copy: V8 keeps the whole text, of megabytes and with its credentials, for a part that was cut from it. */
function ownText(key: string): string {
  return key.split('').join('')
}

function read(key: string): KeyPromise | undefined {
  const all = wordsOf(key)
  if (describes(all)) return undefined
  const end = lastTelling(all)
  const promise = endingAt(all, end)
  if (promise)
    return promise === 'doubtful' && isVariable(key) && !/(?:s|id|string|dsn|config)$/.test(all[end - 1] ?? '')
      ? 'token'
      : promise
  const last = all[end - 1] ?? ''
  const ending = glued.find(([word]) => last.endsWith(word))
  if (ending) return ending[1]
  if (/[^ -~]/.test(last) && foreign.some((word) => last.includes(word))) return 'password'
  return end > 1 || all.length > end ? anywhere(all, key) : undefined
}

/** What the longest phrase promises that ends before the word `end`. */
function endingAt(all: readonly string[], end: number): KeyPromise | undefined {
  const last = all[end - 1]
  if (last === undefined || !lastWords.has(last)) return undefined
  let phrase = last
  let promise = phrases.get(phrase)
  for (let at = end - 2; at >= 0 && end - at <= LONGEST_PHRASE; at--) {
    phrase = `${all[at] ?? ''} ${phrase}`
    promise = phrases.get(phrase) ?? promise
  }
  return promise
}

/** `PASSWORD_ADMIN`, `TOKEN_CI`, `secretValueForApi`: the telling word is not the last one. */
function anywhere(all: readonly string[], key: string): KeyPromise | undefined {
  for (let end = 1; end <= all.length; end++) {
    const promise = endingAt(all, end)
    if (promise === 'password')
      return isVariable(key) && phrases.get(all[end - 1] ?? '') === 'password' ? 'password' : 'doubtful'
    if (promise === 'token' || /^(?:secret|credentials)$/.test(all[end - 1] ?? '')) return 'doubtful'
  }
  return undefined
}

/** The number of words up to the last one that is not an addition. */
function lastTelling(all: readonly string[]): number {
  let end = all.length
  while (end > 1 && (/^\p{N}+$/u.test(all[end - 1] ?? '') || TRAILING_WORDS.has(all[end - 1] ?? ''))) {
    // `key` and `hash` end names that tell: `apiKey`.
    if (endingAt(all, end)) return end
    end--
  }
  return end
}

/** In the capitals of an environment variable a word names no object: `JWT_SECRET`, `REDIS_AUTH`. */
function isVariable(key: string): boolean {
  const last = key.slice(key.lastIndexOf('.') + 1)
  return /^[^\p{Ll}]*\p{Lu}[^\p{Ll}]*$/u.test(last) && /[_\d]|^\p{Lu}{5,}$/u.test(last)
}

/** True if the name describes or names something, such as `name`, `create` and `existingSecret`. */
export function isDescribingKey(key: string): boolean {
  return describes(wordsOf(key))
}

function describes(all: readonly string[]): boolean {
  const last = all.at(-1) ?? ''
  if (DESCRIBING_ENDS.has(last) && !isSecretId(all)) return true
  if (all.some((word, index) => NAMING_WORDS.has(word) || isNamingPair(word, all[index + 1]))) return true
  // `config-hash/secret` is a digest; a `password_hash` can be cracked.
  if (
    all.some(
      (word, index) =>
        word === 'hash' && index > 0 && phrases.get(all[index - 1] ?? '') !== 'password' && index < all.length - 1,
    )
  )
    return true
  // `userPasswordKey` is the name of an entry in a Secret.
  return (last === 'key' || last === 'keys') && all.length > 1 && phrases.get(all.at(-2) ?? '') === 'password'
}

/** Of Vault's AppRole, Consul and Nomad it is the credential; the ID of a client secret is none. */
function isSecretId(all: readonly string[]): boolean {
  return all.at(-1) === 'id' && all.at(-2) === 'secret' && all.at(-3) !== 'client'
}

/** The first words of the pairs among them. */
const namingPairs = new Set([...NAMING_WORDS].flatMap((words) => (words.includes(' ') ? words.split(' ', 1) : [])))

function isNamingPair(word: string, next: string | undefined): boolean {
  return next !== undefined && namingPairs.has(word) && NAMING_WORDS.has(`${word} ${next}`)
}

/** True if any text or number under this key is treated as a credential. */
export function isSensitiveKey(key: string): boolean {
  const promise = promiseOf(key)
  if (promise !== 'doubtful') return promise !== undefined
  return !/^(?:auth|salt|encrypt)$/i.test(key)
}
