/** What a kind adds to the description that every object gets. */
import type { Related } from '../../../shared/kubernetes/health/related'
import type { Section } from '../../../shared/result'
import type { KubeObject } from '../../kubernetes/types'
import type { RelatedReads } from './reads'

export interface KindDescription {
  /** How its parts are, before the conditions. @param now milliseconds since the epoch */
  first?: (object: KubeObject, now: number) => Section[]
  /** Read from other objects; after the events. */
  related?: (object: KubeObject, reads: RelatedReads) => Promise<RelatedSections>
  /** What the object asks for. */
  details?: (object: KubeObject) => Section[]
  /** The first to be left out: environment, volumes. */
  last?: (object: KubeObject) => Section[]
}

export interface RelatedSections {
  sections: Section[]
  /** Failing objects that belong to this one: their Warnings are shown with its events. */
  failing?: KubeObject[]
  /** What the verdict on the object needs of others. */
  health?: Related
}
