/** Finds many words in one pass over a text (Aho and Corasick, 1975), ignoring case and look-alike letters. */
import { fold } from '#shared/redact/fold'

/** A character that occurs in no word. */
const OTHER = 1
/** An invisible or combining character, which neither begins nor ends a word. */
const UNSEEN = 0
/** The high surrogate of mathematical letters, `𝐩𝐚𝐬𝐬`: the low one identifies the letter. */
const MATHEMATICAL = 0xd835

/** Scripts with look-alike letters. */
const FOLDED_RANGES = [
  [0x80, 0xeff],
  [0x1ab0, 0x24ff],
  [0x2c60, 0x2dff],
  [0x3040, 0x30ff],
  [0xa640, 0xa7ff],
  [0xfb00, 0xfb06],
  [0xfe00, 0xffef],
] as const

/**
 * One row of `next` for each state holds the letters of ASCII, which nearly all text is made of: so the table is small
 * enough for the processor's cache. Other letters are in `rare`.
 */
export interface Automaton {
  /** The class of each UTF-16 unit. */
  classes: Uint16Array
  /** Classes below this have a column in `next`. */
  width: number
  /** state × width + class → next state. */
  next: Uint16Array
  /** state × 65536 + class → next state, without the states that `fallback` reaches. */
  rare: ReadonlyMap<number, number>
  fallback: Uint16Array
  /** Of each state: 0, or the index in `ends` of the words that end there. */
  isEnd: Uint16Array
  ends: readonly (readonly Word[])[]
}

/** The state after a letter that is not of ASCII. */
export function rareStep(
  { rare, fallback }: Pick<Automaton, 'rare' | 'fallback'>,
  from: number,
  letter: number,
): number {
  for (let state = from; ; state = fallback[state] ?? 0) {
    const next = rare.get(state * 65536 + letter)
    if (next !== undefined) return next
    if (state === 0) return 0
  }
}

export interface Word {
  group: number
  length: number
}

/** @param groups words in lower case */
export function automatonOf(groups: readonly (readonly string[])[]): Automaton {
  const used = [...new Set(groups.flat().flatMap((word) => word.split('')))]
  const isAscii = (letter: string): boolean => letter.charCodeAt(0) < 0x80
  const letters = new Map(
    [...used.filter(isAscii), ...used.filter((each) => !isAscii(each))].map((each, at) => [each, at + 2]),
  )
  const width = used.filter(isAscii).length + 2

  const children: Map<number, number>[] = [new Map()]
  const words: Word[][] = [[]]
  groups.forEach((group, index) => {
    for (const word of new Set(group)) {
      let state = 0
      for (const unit of word.split('')) {
        const letter = letters.get(unit) ?? OTHER
        let child = children[state]?.get(letter)
        if (child === undefined) {
          child = children.push(new Map()) - 1
          words.push([])
          children[state]?.set(letter, child)
        }
        state = child
      }
      words[state]?.push({ group: index, length: word.length })
    }
  })
  if (children.length > 65535) throw new Error(`${children.length} states do not fit into 16 bits`)
  return { classes: classesOf(letters), width, ...linked(children, words, width) }
}

function linked(
  children: readonly Map<number, number>[],
  words: readonly Word[][],
  width: number,
): Omit<Automaton, 'classes' | 'width'> {
  const next = new Uint16Array(children.length * width)
  const rare = new Map<number, number>()
  const fallback = new Uint16Array(children.length)
  const stepOf = (state: number, letter: number): number =>
    letter < width ? (next[state * width + letter] ?? 0) : rareStep({ rare, fallback }, state, letter)
  const queue = [0]
  for (let at = 0; at < queue.length; at++) {
    const state = queue[at] ?? 0
    const back = fallback[state] ?? 0
    if (state !== 0) words[state]?.push(...(words[back] ?? []))
    for (let letter = OTHER; letter < width; letter++)
      next[state * width + letter] = children[state]?.get(letter) ?? (state === 0 ? 0 : stepOf(back, letter))
    for (const [letter, child] of children[state] ?? []) {
      if (letter >= width) rare.set(state * 65536 + letter, child)
      fallback[child] = state === 0 ? 0 : stepOf(back, letter)
      queue.push(child)
    }
    next[state * width + UNSEEN] = state
  }
  const ends: (readonly Word[])[] = [[]]
  const isEnd = Uint16Array.from(words, (each) => (each.length > 0 ? ends.push(each) - 1 : 0))
  return { next, rare, fallback, isEnd, ends }
}

function classesOf(letters: ReadonlyMap<string, number>): Uint16Array {
  const classes = new Uint16Array(65536).fill(OTHER)
  const set = (unit: number, text: string): void => {
    const folded = fold(text).toLowerCase()
    classes[unit] = folded === '' ? UNSEEN : (letters.get(folded) ?? OTHER)
  }
  for (let unit = 0; unit < 0x80; unit++) set(unit, String.fromCharCode(unit))
  for (const [from, to] of FOLDED_RANGES) for (let unit = from; unit <= to; unit++) set(unit, String.fromCharCode(unit))
  for (let low = 0xdc00; low < 0xe000; low++) set(low, String.fromCodePoint(0x1d400 + low - 0xdc00))
  classes[MATHEMATICAL] = UNSEEN
  for (const [letter, index] of letters) if (letter.charCodeAt(0) > 0x7f) classes[letter.charCodeAt(0)] = index
  return classes
}
