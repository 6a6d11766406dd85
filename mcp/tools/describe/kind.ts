/** Sections that a kind adds to the common description. */
import type { Related } from '../../../shared/kubernetes/health/related'
import type { Section } from '../../../shared/result'
import type { KubeObject } from '../../kubernetes/types'
import type { RelatedReads } from './reads'

export interface KindDescription {
  /**
   * State of the object's parts, before the conditions.
   * @param now milliseconds since the epoch
   */
  first?: (object: KubeObject, now: number) => Section[]
  /** Sections read from other objects, after the events. */
  related?: (object: KubeObject, reads: RelatedReads) => Promise<RelatedSections>
  /** The object's configuration. */
  details?: (object: KubeObject) => Section[]
  /** Sections that are dropped first: environment, volumes. */
  last?: (object: KubeObject) => Section[]
}

export interface RelatedSections {
  sections: Section[]
  /** Failing child objects: their Warnings are shown with the object's events. */
  failing?: KubeObject[]
  /** Related objects that the health verdict needs. */
  health?: Related
}
