/** A change of the environment between two questions. */
import type { World } from './world'

export interface Change {
  name: string
  /** Why it is impossible with this machine or these clusters; undefined: it is possible. */
  impossible?: (world: Pick<World, 'ours' | 'theirs'>) => string | undefined
  /** Starts the world, changes something, asks, and records violations. */
  run: (world: World) => Promise<void>
}
