/** Reads the marks that a manager leaves on objects, and names the place of a lasting change. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import type { KubeObject } from '../../kubernetes/types'
import type { Change } from './types'

export function labelOf({ metadata }: KubeObject, name: string): string | undefined {
  return metadata.labels?.[name] || undefined
}

export function annotationOf({ metadata }: KubeObject, name: string): string | undefined {
  return metadata.annotations?.[name] || undefined
}

/**
 * The mark of the outermost owner that has it. Controllers copy labels and annotations: a ReplicaSet carries its
 * Deployment's marks, but the Deployment is managed.
 * @returns undefined for a creation: a new object has no manager
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

/** True for deletions; scaling counts as an update. */
export function isRemoval({ effect }: Change): boolean {
  return effect.verb === 'delete' || effect.verb === 'evict'
}

/** @param source e.g. `https://git.example.com/shop.git, path apps/shop` */
export function lastingIn(change: Change, source: string | Message): ResultNote {
  return isRemoval(change) ? msg('lasting-removal-source', { source }) : msg('lasting-change-source', { source })
}

/** `Deployment web`. */
export function nameOf(object: KubeObject): string {
  return `${object.kind ?? 'object'} ${object.metadata.name}`
}
