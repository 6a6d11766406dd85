/** What changes between card and approval. */
import type { World } from './world'

/** `either`: it happens or it does not, but on no other cluster and as nobody else. */
export type Expected = 'done' | 'either' | { refused: readonly string[] }

export interface Way {
  name: string
  /** Starts the program; by default as the operator. */
  start?: (world: World) => Promise<void>
  /** The run has a namespace of its own in both clusters. */
  ownNamespace?: boolean
  between: (world: World) => Promise<void> | void
  /** Goes on while the approval is carried out. */
  during?: (world: World, ended: () => boolean) => Promise<void>
  expected: Expected
  /** Undoes it: the same approval must then be carried out. */
  restore?: (world: World) => Promise<void> | void
  /** What the way has made in the clusters. */
  remove?: (world: World) => Promise<void>
}

/** The program's code for another cluster or user than that of the plan. */
export const CHANGED = { refused: ['cluster-changed'] } as const
