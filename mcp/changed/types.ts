/** A change that happened, and the interface of the sources that find changes. */
import type { ChangedField, PastChange } from '../../shared/changes/what-changed'
import type { Message } from '../../shared/messages/message'
import type { Ref } from '../diagnose/types'
import type { History } from './history/history'

export interface Change {
  /** Milliseconds since the epoch. */
  at: number
  source: PastChange['source']
  object: Ref
  what: Message
  /** Who wrote it; absent if the cluster does not tell. */
  manager?: string | Message | undefined
  /** The manager's own name in `managedFields`. */
  writer?: string | undefined
  fields: ChangedField[]
}

/** Finds changes in a history that was read. */
export interface Source {
  /** Unique, in kebab-case. */
  id: string
  find: (history: History) => Change[]
}
