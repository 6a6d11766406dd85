/** Random choices from a seed, so that a failure can be repeated. */
export interface Random {
  below: (limit: number) => number
  of: <T>(list: readonly T[]) => T
  letters: (length: number, alphabet?: string) => string
}

export const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
  return {
    below,
    of: (list) => {
      const one = list[below(list.length)]
      if (one === undefined) throw new Error('nothing to choose from')
      return one
    },
    letters: (length, alphabet = ALPHANUMERIC) =>
      Array.from({ length }, () => alphabet[below(alphabet.length)] ?? '').join(''),
  }
}
