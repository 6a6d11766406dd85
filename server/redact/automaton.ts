/** Finds many words in one pass over a text (Aho and Corasick, 1975), ignoring case and look-alike letters. */
import { fold } from '#shared/redact/fold'

/** The class of a character that occurs in no word. */
const OTHER = 0
/** The class of an invisible or combining character, which neither begins nor ends a word. */
export const UNSEEN = 0x7fff
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
  /** The class of each UTF-16 unit, below 32768. */
  classes: Uint16Array
  /** A row of `next` has 2 ** shift columns; a class above them is UNSEEN or has its steps in `rare`. */
  shift: number
  /** (state << shift) + class → next state. */
  next: Uint16Array
  /** state × 65536 + class → next state, without the states that `fallback` reaches. */
  rare: ReadonlyMap<number, number>
  fallback: Uint16Array
  /** Words end at this state and all above it. */
  firstEnd: number
  /** Of each of these states: the words that end there. */
  ends: readonly (readonly Word[])[]
}

/** The state after an invisible character, or after a letter that is not of ASCII. */
export function rareStep(
  { rare, fallback }: Pick<Automaton, 'rare' | 'fallback'>,
  from: number,
  letter: number,
): number {
  if (letter === UNSEEN) return from
  for (let state = from; ; state = fallback[state] ?? 0) {
    const next = rare.get(state * 65536 + letter)
    if (next !== undefined) return next
    if (state === 0) return 0
  }
}

export interface Word {
  group: number
  text: string
}

/** @param groups words in lower case */
export function automatonOf(groups: readonly (readonly string[])[]): Automaton {
  const used = [...new Set(groups.flat().flatMap((word) => word.split('')))]
  const isAscii = (letter: string): boolean => letter.charCodeAt(0) < 0x80
  const letters = new Map(
    [...used.filter(isAscii), ...used.filter((each) => !isAscii(each))].map((each, at) => [each, at + 1]),
  )
  const shift = Math.ceil(Math.log2(used.filter(isAscii).length + 1))
  const trie = trieOf(groups, letters)
  if (trie.children.length > 65535) throw new Error(`${trie.children.length} states do not fit into 16 bits`)
  return { classes: classesOf(letters), shift, ...linked(trie, shift) }
}

interface Trie {
  /** Of each state: letter → state. */
  children: Map<number, number>[]
  /** Of each state: the words that end there. */
  words: Word[][]
}

function trieOf(groups: readonly (readonly string[])[], letters: ReadonlyMap<string, number>): Trie {
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
      words[state]?.push({ group: index, text: word })
    }
  })
  return { children, words }
}

function linked({ children, words }: Trie, shift: number): Omit<Automaton, 'classes' | 'shift'> {
  const fallback = fallbackOf(children)
  const order = breadthFirst(children)
  for (const state of order) if (state !== 0) words[state]?.push(...(words[fallback[state] ?? 0] ?? []))
  // Numbered so that one comparison shows whether words end at a state.
  const isEnd = (state: number): boolean => (words[state]?.length ?? 0) > 0
  const inner = order.filter((state) => !isEnd(state))
  const numbers = new Uint16Array(children.length)
  for (const [number, state] of [...inner, ...order.filter(isEnd)].entries()) numbers[state] = number
  const numberOf = (state: number): number => numbers[state] ?? 0

  const width = 2 ** shift
  const next = new Uint16Array(children.length * width)
  const rare = new Map<number, number>()
  const back = new Uint16Array(children.length)
  for (const state of order) {
    const row = numberOf(state) * width
    const before = numberOf(fallback[state] ?? 0)
    back[numberOf(state)] = before
    if (state !== 0) next.copyWithin(row, before * width, (before + 1) * width)
    for (const [letter, child] of children[state] ?? []) {
      if (letter < width) next[row + letter] = numberOf(child)
      else rare.set(numberOf(state) * 65536 + letter, numberOf(child))
    }
  }
  const ends = order.filter(isEnd).map((state) => words[state] ?? [])
  return { next, rare, fallback: back, firstEnd: inner.length, ends }
}

function breadthFirst(children: readonly Map<number, number>[]): number[] {
  const order = [0]
  for (const state of order) order.push(...(children[state]?.values() ?? []))
  return order
}

/** The state of the longest other beginning of a word that the same letters end with, for each state. */
function fallbackOf(children: readonly Map<number, number>[]): number[] {
  const fallback = children.map(() => 0)
  for (const state of breadthFirst(children)) {
    for (const [letter, child] of children[state] ?? []) {
      if (state === 0) continue
      let back = fallback[state] ?? 0
      while (back !== 0 && !children[back]?.has(letter)) back = fallback[back] ?? 0
      fallback[child] = children[back]?.get(letter) ?? 0
    }
  }
  return fallback
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
