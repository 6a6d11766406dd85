/** All that one question about changes has read. */
import type { ClusterEvent } from '../../../shared/kubernetes/events'
import type { World } from '../../diagnose/world/world'
import type { Release } from '../../helm/release'
import type { Revision } from '../../helm/storage'
import type { Digest } from './digests'
import type { Written } from './written'

export interface ReadRelease {
  revision: Revision
  /** Absent if the payload could not be read. */
  release: Release | undefined
  /** The revision before it. */
  before: Release | undefined
}

export interface History {
  /** Start of the time range, in milliseconds since the epoch. */
  since: number
  world: World
  /** Objects with writes in the time range, by `keyOf`. */
  written: ReadonlyMap<string, Written>
  /** Of any type, ungrouped. */
  events: readonly ClusterEvent[]
  /** Helm revisions of the time range. */
  releases: readonly ReadRelease[]
  /** Images that pods of one template run. */
  digests: readonly Digest[]
}
