/**
 * Delay before the n-th attempt (from 0) after a failure, in milliseconds: 1 s, doubled up to 30 s, plus or minus a
 * fifth.
 */
export function backOff(attempt: number, random: () => number = Math.random): number {
  return Math.min(30_000, 1000 * 2 ** attempt) * (0.8 + 0.4 * random())
}
