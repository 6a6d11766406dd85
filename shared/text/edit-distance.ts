/** The number of typing mistakes between two words. */

/** Inserted, missing, changed and swapped letters (Damerau–Levenshtein, optimal string alignment). */
export function editDistance(one: string, other: string): number {
  const table: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    const above = table[i - 1] ?? []
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same)
      // Two swapped letters are one mistake.
      if (one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        best = Math.min(best, (table[i - 2]?.[j - 2] ?? Infinity) + 1)
      row[j] = best
    }
    table[i] = row
  }
  return table[one.length]?.[other.length] ?? Infinity
}
