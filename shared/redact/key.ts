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
export function wordsOf(key: string): string[] {
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

const password = phrases(PASSWORD_WORDS)
const token = phrases(TOKEN_WORDS)
const doubtful = phrases(DOUBTFUL_WORDS)
const short = new Set(SHORT_WORDS)
/** Scripts without spaces: a word counts anywhere in the name. */
const unspaced = [...PASSWORD_WORDS, ...TOKEN_WORDS].filter((word) =>
  /[\u0900-\u0dff\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7a3]/.test(word),
)

/** Phrases by word count, as space-separated texts. */
function phrases(list: readonly string[]): Set<string> {
  return new Set(list.map((phrase) => phrase.split(/[^\p{L}\p{N}]+/u).join(' ')))
}

const longestPhrase = 4

const known = new Map<string, KeyPromise | 'none'>()
const mostKnown = 5000

/** What the name promises; undefined for any other name. Caches recent names, since texts repeat them. */
export function promiseOf(key: string): KeyPromise | undefined {
  const before = known.get(key)
  if (before !== undefined) return before === 'none' ? undefined : before
  const promise = read(key)
  if (known.size >= mostKnown) known.clear()
  known.set(key, promise ?? 'none')
  return promise
}

function read(key: string): KeyPromise | undefined {
  const all = wordsOf(key)
  if (describes(all)) return undefined
  const end = lastTelling(all)
  for (let count = Math.min(longestPhrase, end); count > 0; count--) {
    const phrase = all.slice(end - count, end).join(' ')
    if (password.has(phrase)) return 'password'
    if (token.has(phrase)) return 'token'
    if (count === 1 && short.has(phrase)) return 'password'
    if (doubtful.has(phrase))
      return isVariable(key) && phrase !== 'tokens' && phrase !== 'secrets' ? 'token' : 'doubtful'
  }
  const last = all[end - 1] ?? ''
  const glued = GLUED_ENDS.find((each) => last.endsWith(each))
  if (glued !== undefined) return glued === 'secret' ? 'doubtful' : glued.startsWith('pass') ? 'password' : 'token'
  return unspaced.some((word) => last.includes(word)) ? 'password' : anywhere(all, key)
}

/** `PASSWORD_ADMIN`, `TOKEN_CI`, `secretValueForApi`: the telling word is not the last one. */
function anywhere(all: readonly string[], key: string): KeyPromise | undefined {
  for (let at = 0; at < all.length; at++) {
    for (let count = 1; count <= longestPhrase && at + count <= all.length; count++) {
      const phrase = all.slice(at, at + count).join(' ')
      if (password.has(phrase)) return isVariable(key) ? 'password' : 'doubtful'
      if (token.has(phrase) || phrase === 'secret' || phrase === 'credentials') return 'doubtful'
    }
  }
  return undefined
}

/** The number of words up to the last telling one. */
function lastTelling(all: readonly string[]): number {
  let end = all.length
  while (end > 1 && (/^\p{N}+$/u.test(all[end - 1] ?? '') || TRAILING_WORDS.has(all[end - 1] ?? ''))) {
    // `key` and `hash` complete telling names: `apiKey`.
    if (tells(all.slice(0, end))) return end
    end--
  }
  return end
}

function tells(all: readonly string[]): boolean {
  for (let count = 2; count <= longestPhrase; count++) {
    const phrase = all.slice(-count).join(' ')
    if (password.has(phrase) || token.has(phrase)) return true
  }
  return false
}

/** In an upper-case variable name a word does not name an object: `JWT_SECRET`, `REDIS_AUTH`. */
function isVariable(key: string): boolean {
  return /^[^\p{Ll}]*\p{Lu}[^\p{Ll}]*$/u.test(key) && /[_\d]|^\p{Lu}{5,}$/u.test(key)
}

/** True if the name describes or names something, such as `name`, `create` and `existingSecret`. */
export function isDescribingKey(key: string): boolean {
  return describes(wordsOf(key))
}

function describes(all: readonly string[]): boolean {
  const last = all.at(-1) ?? ''
  if (DESCRIBING_ENDS.has(last)) return true
  if (all.some((word, index) => NAMING_WORDS.has(word) || NAMING_WORDS.has(`${word} ${all[index + 1] ?? ''}`)))
    return true
  // `config-hash/secret` is a digest; a `password_hash` can be cracked.
  if (
    all.some(
      (word, index) => word === 'hash' && index > 0 && !password.has(all[index - 1] ?? '') && index < all.length - 1,
    )
  )
    return true
  // `userPasswordKey` is the name of an entry in a Secret.
  return last === 'key' && all.length > 1 && password.has(all.at(-2) ?? '')
}

/** True if any text or number under this key is treated as a credential. */
export function isSensitiveKey(key: string): boolean {
  const promise = promiseOf(key)
  if (promise !== 'doubtful') return promise !== undefined
  return !/^(?:auth|salt|encrypt)$/i.test(key)
}
