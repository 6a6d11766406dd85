/** Common result of the consequence modules. */
import type { ResultNote } from '../../../shared/result'

export interface Consequences {
  notes: ResultNote[]
  /** Number of deleted objects including this one; 0 unless it is a deletion or eviction. */
  deletes: number
  /** Text that the user must type to approve. */
  confirm?: string
}
