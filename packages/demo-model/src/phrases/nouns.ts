/** The kinds as the demo writes them in a sentence. */
import { builtInKindNamed } from '#shared/kubernetes/built-in-kinds'
import { singular, type ListKind, type ObjectKind } from '../question/kinds'

const LOWER_CASE = new Set<ListKind>(['pods', 'deployments', 'services', 'nodes', 'namespaces', 'events'])

export function kindWord(kind: ObjectKind): string {
  return kind === 'release' ? 'Helm release' : (builtInKindNamed(kind)?.kind ?? kind)
}

export function englishNoun(kind: ListKind, count: number): string {
  const word = LOWER_CASE.has(kind) ? singular(kind) : kindWord(singular(kind))
  return count === 1 ? word : manyOf(word)
}

function manyOf(word: string): string {
  if (word === 'Endpoints') return word
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /s$/.test(word) ? `${word}es` : `${word}s`
}

export function vietnameseNoun(kind: ListKind): string {
  if (kind === 'events') return 'sự kiện'
  if (kind === 'releases') return 'release Helm'
  return englishNoun(kind, 1)
}
