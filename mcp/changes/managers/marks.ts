/** Marks that a manager leaves on its objects, and the sentence of where a lasting change belongs. */
import type { ResultNote } from '../../../shared/result'
import type { KubeObject } from '../../kubernetes/types'
import { fact } from './fact'
import type { Change } from './types'

export function labelOf({ metadata }: KubeObject, name: string): string | undefined {
  return metadata.labels?.[name] || undefined
}

export function annotationOf({ metadata }: KubeObject, name: string): string | undefined {
  return metadata.annotations?.[name] || undefined
}

/**
 * The mark of the outermost object that has it. Controllers copy labels and annotations to what they make: a ReplicaSet has
 * the marks of its Deployment, and it is the Deployment that is managed.
 * @returns undefined for a create: what does not exist is not managed
 */
export function findMark<Mark>(
  { object, owners, effect }: Change,
  find: (object: KubeObject) => Mark | undefined,
): { mark: Mark; holder: KubeObject; isOwn: boolean } | undefined {
  if (effect.verb === 'create') return undefined
  for (const holder of [object, ...owners].reverse()) {
    const mark = find(holder)
    if (mark !== undefined) return { mark, holder, isOwn: holder === object }
  }
  return undefined
}

/** What a manager does: `update` also stands for a scale. */
export function isRemoval({ effect }: Change): boolean {
  return effect.verb === 'delete' || effect.verb === 'evict'
}

/** @param source e.g. `https://git.example.com/shop.git, path apps/shop` */
export function lastingIn(change: Change, source: string): ResultNote {
  return isRemoval(change)
    ? fact('lasting-removal-source', 'To remove it for good, remove it from {source}.', { source })
    : fact('lasting-change-source', 'The lasting change belongs in {source}.', { source })
}

/** `Deployment web`. */
export function nameOf(object: KubeObject): string {
  return `${object.kind ?? 'object'} ${object.metadata.name}`
}
