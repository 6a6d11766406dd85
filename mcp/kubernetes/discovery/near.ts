/** Names that are close to a mistyped one. */

/**
 * @returns at most `most` of the names, the closest first; empty if none is close
 */
export function nearest(wanted: string, names: readonly string[], most = 3): string[] {
  const word = wanted.toLowerCase()
  const limit = Math.max(1, Math.floor(word.length / 3))
  return names
    .map((name) => ({ name, distance: closeness(word, name.toLowerCase(), limit) }))
    .filter(({ distance }) => distance <= limit)
    .sort((one, other) => one.distance - other.distance || one.name.length - other.name.length)
    .slice(0, most)
    .map(({ name }) => name)
}

/** The edit distance, or less if one name is a part or an abbreviation of the other. */
function closeness(word: string, name: string, limit: number): number {
  if (word.length >= 3 && (name.includes(word) || word.includes(name))) return 0.5
  const abbreviated = word.length >= 4 && isSubsequence(word, name) ? limit : Infinity
  if (Math.abs(word.length - name.length) > limit) return abbreviated
  const first = Array.from({ length: name.length + 1 }, (_, at) => at)
  const table: number[][] = [first]
  for (let i = 1; i <= word.length; i++) {
    const row = [i]
    const above = table[i - 1] ?? []
    for (let j = 1; j <= name.length; j++) {
      const same = word[i - 1] === name[j - 1] ? 0 : 1
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + same)
      // Two letters in the wrong order are one mistake.
      if (word[i - 1] === name[j - 2] && word[i - 2] === name[j - 1])
        best = Math.min(best, (table[i - 2]?.[j - 2] ?? Infinity) + 1)
      row[j] = best
    }
    table[i] = row
  }
  return Math.min(abbreviated, table[word.length]?.[name.length] ?? Infinity)
}

/** `pdcsi` in `gce-pd-csi-driver`. */
function isSubsequence(word: string, name: string): boolean {
  let at = 0
  for (const char of name) if (char === word[at]) at++
  return at === word.length
}
