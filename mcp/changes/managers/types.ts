/** Interfaces of the manager modules. */
import type { Message } from '../../../shared/messages/message'
import type { ResultNote } from '../../../shared/result'
import type { KubeObject } from '../../kubernetes/types'
import type { Reads } from './reads'
import type { Operation } from '../types'
import type { Effect } from './effect'

/** A change and the known facts about its object. */
export interface Change {
  operation: Operation
  /** The live object, or the new one for a creation. */
  object: KubeObject
  /** Nearest first, as far as readable. */
  owners: KubeObject[]
  effect: Effect
}

export interface Finding {
  /** What keeps the object: `Argo CD application shop`. Absent if nothing resets or recreates it. */
  manager?: string | Message | undefined
  /** Who manages it and what will happen. */
  notes: ResultNote[]
  /** Place of the lasting change. The first manager in the registry wins. */
  lasting?: ResultNote
}

export interface Manager {
  /** Stable, in kebab-case; prefix of its notes' codes. */
  id: string
  /** Decides from the change alone, without reads. */
  applies: (change: Change) => boolean
  /** @returns undefined if it turns out not to manage the object */
  check: (change: Change, reads: Reads) => Promise<Finding | undefined>
}
