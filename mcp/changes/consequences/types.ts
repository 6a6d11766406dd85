/** What the files of consequences give. */
import type { ResultNote } from '../../../shared/result'

export interface Consequences {
  notes: ResultNote[]
  /** Objects that are gone afterwards, with this one; 0 unless it is a delete or an eviction. */
  deletes: number
  /** What a person has to type to approve it. */
  confirm?: string
}
