/** What the files of managers implement. */
import type { ResultNote } from '../../../shared/result'
import type { KubeObject } from '../../kubernetes/types'
import type { Reads } from './reads'
import type { Operation } from '../types'
import type { Effect } from './effect'

/** One change, with what is known of its object. */
export interface Change {
  operation: Operation
  /** The live object; for a create the one that will be made. */
  object: KubeObject
  /** From the nearest to the outermost, as far as they could be read. */
  owners: KubeObject[]
  effect: Effect
}

export interface Finding {
  /** Who it is and what will happen. */
  notes: ResultNote[]
  /** Where the lasting change belongs. Of several managers the first in the registry gives it. */
  lasting?: ResultNote
}

export interface Manager {
  /** Stable, in kebab-case; codes of its notes begin with it. */
  id: string
  /** From the change alone, without reads. */
  applies: (change: Change) => boolean
  /** @returns undefined if it does not manage the object after all */
  check: (change: Change, reads: Reads) => Promise<Finding | undefined>
}
