/** Suggests names similar to a mistyped one. */
import { editDistance } from '../../../shared/text/edit-distance'

/** @returns at most `most` names, closest first; empty if none is similar */
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

/** The edit distance, or less if one name contains or abbreviates the other. */
function closeness(word: string, name: string, limit: number): number {
  if (word.length >= 3 && (name.includes(word) || word.includes(name))) return 0.5
  const abbreviated = word.length >= 4 && isSubsequence(word, name) ? limit : Infinity
  if (Math.abs(word.length - name.length) > limit) return abbreviated
  return Math.min(abbreviated, editDistance(word, name))
}

/** `pdcsi` in `gce-pd-csi-driver`. */
function isSubsequence(word: string, name: string): boolean {
  let at = 0
  for (const char of name) if (char === word[at]) at++
  return at === word.length
}
