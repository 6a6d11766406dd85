/** Seeded random numbers. */

export interface Random {
  /** From 0 up to, but not including, 1. */
  next: () => number
  pick: <T>(items: readonly T[]) => T
  shuffle: <T>(items: readonly T[]) => T[]
  /** An independent sequence for each label, so that runs do not influence each other. */
  fork: (label: string) => Random
}

export function seeded(seed: number): Random {
  // mulberry32
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    pick: (items) => {
      const picked = items[Math.floor(next() * items.length)]
      if (picked === undefined) throw new Error('there is nothing to pick from')
      return picked
    },
    shuffle: (items) => {
      const left = [...items]
      return items.flatMap(() => left.splice(Math.floor(next() * left.length), 1))
    },
    fork: (label) => seeded([...label].reduce((hash, each) => Math.imul(hash ^ each.charCodeAt(0), 0x01000193), seed)),
  }
}
