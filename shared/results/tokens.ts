/**
 * Estimates the tokens of a text in o200k, gpt-oss's vocabulary, without loading it.
 * Characters per token vary by a factor of three: 1.6 in UUIDs, 2 in pod tables, 4 in prose. So the text is split as by
 * o200k's own pattern into words, groups of three digits, punctuation and blanks, and each piece gets the average cost
 * of its kind, rounded up.
 */

/** Average cost of a piece in tokens, measured with the vocabulary over tables, events, YAML, logs and prose. */
const NUMBER = 1
const BLANKS = 1
/** A mark before a word is often one token with it, a blank always. */
const MARK_BEFORE_WORD = 0.65
const MARKS = 1
/** Letters without or with few vowels: part of a generated name. */
const LETTERS_OF_RANDOM = 1.75
/** Longer words consist of several tokens. */
const LETTERS_OF_WORD = 8
const LONGER_LETTERS = 5
const LETTERS_OF_ACCENTED = 4
const HAN = 0.75
const HANGUL_SYLLABLE = 0.6
const LETTERS_OF_CYRILLIC = 3.7
const LETTERS_OF_OTHER = 2.6
const SYMBOL = 1.5
const LETTERS_OF_ENCODED = 1.4
const SHORTEST_ENCODED = 16
/** A low estimate overfills the window, and the model server truncates silently. */
const MARGIN = 1.1

const LOWER = 1
const UPPER = 2
const DIGIT = 3
const BLANK = 4
const BREAK = 5
const MARK = 6
const ACCENTED = 7
const IDEOGRAPH = 8
const OTHER = 9
const EMOJI = 10
const CYRILLIC = 11
const HANGUL = 12

/** The tokens of a text, 0.95 to 1.3 times the true number for tool results and prose. */
export function estimateTokens(text: string): number {
  let tokens = 0
  let index = 0
  let solidEnd = 0
  while (index < text.length) {
    const kind = kindAt(text, index)
    let end = index + 1
    if (index >= solidEnd && isSolid(kind)) {
      solidEnd = runEnd(text, index)
      if (isEncoded(text, index, solidEnd)) {
        tokens += (solidEnd - index) / LETTERS_OF_ENCODED
        index = solidEnd
        continue
      }
    }
    switch (kind) {
      case DIGIT:
        while (end - index < 3 && kindAt(text, end) === DIGIT) end++
        tokens += NUMBER
        break
      case BLANK: {
        while (kindAt(text, end) === BLANK) end++
        // The last blank of a run belongs to the following word or mark.
        const next = kindAt(text, end)
        if (end - index > 1 || next === DIGIT || next === BREAK || next === 0) tokens += BLANKS
        else if (text[index] === '\t') tokens += MARK_BEFORE_WORD
        break
      }
      case BREAK:
        while (kindAt(text, end) === BREAK) end++
        tokens += BLANKS
        break
      case MARK: {
        while (kindAt(text, end) === MARK) end++
        const isBeforeWord = isLetter(kindAt(text, end))
        const length = end - index
        tokens += length === 1 && isBeforeWord ? MARK_BEFORE_WORD : MARKS + Math.max(0, length - 3) / 6
        break
      }
      case LOWER:
      case UPPER:
      case ACCENTED:
        end = wordEnd(text, index)
        tokens += wordCost(text, index, end)
        break
      case IDEOGRAPH:
        tokens += HAN
        break
      case OTHER:
        tokens += 1 / LETTERS_OF_OTHER
        break
      case CYRILLIC:
        tokens += 1 / LETTERS_OF_CYRILLIC
        break
      case HANGUL:
        tokens += HANGUL_SYLLABLE
        break
      case EMOJI:
        tokens += SYMBOL
        break
      default:
        break
    }
    index = end
  }
  return Math.ceil(tokens * MARGIN)
}

/** The end of a run of ASCII letters and digits. */
function runEnd(text: string, start: number): number {
  let end = start
  while (isSolid(kindAt(text, end))) end++
  return end
}

function isSolid(kind: number): boolean {
  return kind === LOWER || kind === UPPER || kind === DIGIT
}

/** True for a long run of mixed capitals, small letters and digits, like base64. */
function isEncoded(text: string, start: number, end: number): boolean {
  if (end - start < SHORTEST_ENCODED) return false
  let changes = 0
  let capitals = 0
  for (let index = start; index < end; index++) {
    const kind = kindAt(text, index)
    if (kind === UPPER) capitals++
    if (index > start && kind !== kindAt(text, index - 1)) changes++
  }
  return capitals > 0 && changes * 3 > end - start
}

/** The end of a word in o200k: capitals, then small letters. */
function wordEnd(text: string, start: number): number {
  let end = start
  while (kindAt(text, end) === UPPER) end++
  const capitals = end - start
  let small = end
  while (isSmall(kindAt(text, small))) small++
  // `HTTPServer`: the last capital begins the next word.
  if (small > end && capitals > 1) return end - 1
  return small
}

function wordCost(text: string, start: number, end: number): number {
  const length = end - start
  let vowels = 0
  let isAccented = false
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index)
    if (code > 127) isAccented = true
    if (VOWELS.has(code | 32)) vowels++
  }
  if (isAccented) return Math.max(1, length / LETTERS_OF_ACCENTED)
  if (length <= 2) return 1
  const isRandom = vowels === 0 || vowels / length < 0.2
  if (isRandom) return Math.max(1, length / LETTERS_OF_RANDOM)
  return length <= LETTERS_OF_WORD ? 1 : 1 + (length - LETTERS_OF_WORD) / LONGER_LETTERS
}

const VOWELS = new Set([...'aeiouy'].map((letter) => letter.charCodeAt(0)))

function isSmall(kind: number): boolean {
  return kind === LOWER || kind === ACCENTED
}

function isLetter(kind: number): boolean {
  return kind === LOWER || kind === UPPER || kind === ACCENTED
}

/** The kind of a character; 0 after the end. */
function kindAt(text: string, index: number): number {
  if (index >= text.length) return 0
  const code = text.charCodeAt(index)
  if (code >= 97 && code <= 122) return LOWER
  if (code >= 65 && code <= 90) return UPPER
  if (code >= 48 && code <= 57) return DIGIT
  if (code === 32 || code === 9) return BLANK
  if (code === 10 || code === 13) return BREAK
  if (code < 0xc0) return MARK
  // Latin with accents, including combining ones and Vietnamese.
  if (code < 0x370 || (code >= 0x1e00 && code < 0x1f00)) return ACCENTED
  // Includes Greek.
  if (code < 0x530) return CYRILLIC
  if (code >= 0x2000 && code < 0x2c00) return MARK
  if (code >= 0xac00 && code < 0xd7b0) return HANGUL
  if (code >= 0x3000 && code < 0xd800) return IDEOGRAPH
  if (code >= 0xd800 && code < 0xe000) return EMOJI
  return code >= 0xf900 ? IDEOGRAPH : OTHER
}
