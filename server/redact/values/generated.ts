/** Distinguishes generated values from names chosen by people. */

/** A path, or an object with its namespace. */
const pathOrName = /^(?:\/|[a-z0-9.-]+\/[a-z0-9.-]+$)/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isUuid(value: string): boolean {
  return value.length === 36 && uuid.test(value)
}

/**
 * True for values unlike Kubernetes names and words: with capitals or signs, or long without a dash; also base64 of
 * `user:password`, a registry's `auth`.
 */
export function looksGenerated(value: string): boolean {
  const bare = withoutEnd(value)
  if (bare.length < 6 || bare.length > 4096) return false
  const { letters, digits, signs, blanks } = countsOf(bare)
  if (blanks > 0) return false
  if (digits === 0 || letters === 0) {
    if (bare.length % 4 === 0 && bare.length > 8 && isUserAndPassword(bare)) return true
    return bare.length >= 16 && !pathOrName.test(bare) && !isUrl(bare) && changes(bare) >= bare.length / 4
  }
  if (signs > 0 && (pathOrName.test(bare) || isUrl(bare))) return false
  if (/[^a-z0-9.-]/.test(bare)) return true
  return signs === 0 && (bare.length >= 16 || (bare.length >= 10 && changes(bare) >= 4))
}

/** Without the end of a sentence. */
function withoutEnd(value: string): string {
  let end = value.length
  while (end > 0 && value.length - end < 3 && '.:!?,'.includes(value[end - 1] ?? ' ')) end--
  return end === value.length ? value : value.slice(0, end)
}

interface Counts {
  letters: number
  digits: number
  signs: number
  blanks: number
}

function countsOf(text: string): Counts {
  let letters = 0
  let digits = 0
  let blanks = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) digits++
    else if ((code | 32) >= 97 && (code | 32) <= 122) letters++
    else if (code === 32 || (code >= 9 && code <= 13)) blanks++
  }
  return { letters, digits, blanks, signs: text.length - letters - digits - blanks }
}

function isUrl(value: string): boolean {
  return /^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value)
}

/** Base64 of `user:password`. */
export function isUserAndPassword(base64: string): boolean {
  if (base64.length > 400 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return false
  return /^[\x21-\x39\x3b-\x7e]{1,128}:[\x20-\x7e]+$/.test(Buffer.from(base64, 'base64').toString('latin1'))
}

/** True for a credential, false for a word of prose: `token: Unauthorized` is an error message. */
export function looksRandom(value: string): boolean {
  const bare = withoutEnd(value)
  if (bare.length < 6) return false
  const { letters, digits, signs, blanks } = countsOf(bare)
  if (letters === 0 || digits === 0 || blanks > 0) return false
  return !/^\d+(?:\.\d+)?[a-z]{1,3}$/i.test(bare) && (signs === 0 || !(isUrl(bare) || uuid.test(bare)))
}

/** Upper case, lower case and digits in random order, as only a generator writes. */
export function looksStrong(value: string): boolean {
  if (value.length < 8 || value.length > 400 || !/[A-Z]/.test(value)) return false
  const bare = value.replace(/[.:!?,)\]}]{1,3}$/, '')
  if (bare.length < 8 || /\s/.test(bare) || isUrl(bare) || uuid.test(bare)) return false
  return /\d/.test(bare) && /[a-z]/.test(bare) && /[A-Z]/.test(bare) && changes(bare) >= Math.max(3, bare.length / 4)
}

/** True if base64 is that of readable text. */
export function isEncodedText(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64')
  return (
    bytes.length > 0 && bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13)
  )
}

const kind = Uint8Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code)
  return /[a-z]/.test(letter) ? 1 : /[A-Z]/.test(letter) ? 2 : /\d/.test(letter) ? 3 : 4
})

/** How often the kind of character changes; a sign between two words does not count. */
export function changes(text: string): number {
  let count = 0
  let last = kind[text.charCodeAt(0)] ?? 0
  for (let at = 1; at < text.length; at++) {
    const next = kind[text.charCodeAt(at)] ?? 0
    if (next !== last && next !== 4 && last !== 4) count++
    last = next
  }
  return count
}
