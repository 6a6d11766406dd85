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

export interface Automaton {
  /** The class of each UTF-16 unit. */
  classes: Uint16Array
  /** state × classes + class → next state × classes, so that a step is one addition and one lookup. */
  next: Int32Array
  /** 1 for a state × classes in which words end. */
  isEnd: Uint8Array
  /** The words that end in such a state. */
  ends: ReadonlyMap<number, readonly Word[]>
  classCount: number
}

export interface Word {
  group: number
  length: number
}

/** @param groups words in lower case */
export function automatonOf(groups: readonly (readonly string[])[]): Automaton {
  const letters = new Map<string, number>()
  for (const word of groups.flat())
    for (let at = 0; at < word.length; at++) {
      const unit = word[at] ?? ''
      if (!letters.has(unit)) letters.set(unit, letters.size + 2)
    }
  const classCount = letters.size + 2
  const classes = classesOf(letters)

  const children: Map<number, number>[] = [new Map()]
  const words: Word[][] = [[]]
  groups.forEach((group, index) => {
    for (const word of new Set(group)) {
      let state = 0
      for (let at = 0; at < word.length; at++) {
        const letter = letters.get(word[at] ?? '') ?? OTHER
        let child = children[state]?.get(letter)
        if (child === undefined) {
          child = children.length
          children.push(new Map())
          words.push([])
          children[state]?.set(letter, child)
        }
        state = child
      }
      words[state]?.push({ group: index, length: word.length })
    }
  })
  return { classes, classCount, ...linked(children, words, classCount) }
}

function linked(
  children: readonly Map<number, number>[],
  words: readonly Word[][],
  classCount: number,
): Pick<Automaton, 'next' | 'isEnd' | 'ends'> {
  const next = new Int32Array(children.length * classCount)
  const fallback = new Int32Array(children.length)
  const queue = [0]
  for (let at = 0; at < queue.length; at++) {
    const state = queue[at] ?? 0
    const back = fallback[state] ?? 0
    if (state !== 0) words[state]?.push(...(words[back] ?? []))
    for (let letter = OTHER; letter < classCount; letter++) {
      const child = children[state]?.get(letter)
      const otherwise = state === 0 ? 0 : (next[back * classCount + letter] ?? 0)
      next[state * classCount + letter] = child === undefined ? otherwise : child * classCount
      if (child === undefined) continue
      fallback[child] = state === 0 ? 0 : otherwise / classCount
      queue.push(child)
    }
    next[state * classCount + UNSEEN] = state * classCount
  }
  const ends = new Map(words.flatMap((each, state) => (each.length > 0 ? [[state * classCount, each] as const] : [])))
  const isEnd = new Uint8Array(next.length)
  for (const state of ends.keys()) isEnd[state] = 1
  return { next, isEnd, ends }
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
