/** A change of the environment between card and approval. */
import type { World } from './world'

/** `either`: it may succeed or fail, but never on another cluster or as another user. */
export type Expected = 'done' | 'either' | { refused: readonly string[] }

export interface Way {
  name: string
  /** Starts the program; by default as the operator. */
  start?: (world: World) => Promise<void>
  /** The run has its own namespace in both clusters. */
  ownNamespace?: boolean
  between: (world: World) => Promise<void> | void
  /** Runs while the approval is carried out. */
  during?: (world: World, ended: () => boolean) => Promise<void>
  expected: Expected
  /** Reverts it: the same approval must then succeed. */
  restore?: (world: World) => Promise<void> | void
  /** Removes what the way created in the clusters. */
  remove?: (world: World) => Promise<void>
}

/** The program's error code for another cluster or user than the plan's. */
export const CHANGED = { refused: ['cluster-changed'] } as const
