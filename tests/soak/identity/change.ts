/** What changes between two questions. */
import type { World } from './world'

export interface Change {
  name: string
  /** Why this machine or these clusters cannot make it; undefined: they can. */
  impossible?: (world: Pick<World, 'ours' | 'theirs'>) => string | undefined
  /** Starts the world, changes something, asks, and notes what must not be. */
  run: (world: World) => Promise<void>
}
