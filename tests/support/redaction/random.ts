/** Random choices for texts, on the seeded numbers of the soak runs. */
import { seeded } from '../../soak/random'

export interface Random {
  below: (limit: number) => number
  of: <T>(list: readonly T[]) => T
  letters: (length: number, alphabet?: string) => string
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export function randomFrom(seed: number): Random {
  const { next, pick } = seeded(seed)
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    of: pick,
    letters: (length, alphabet = ALPHANUMERIC) =>
      Array.from({ length }, () => alphabet[below(alphabet.length)] ?? '').join(''),
  }
}
