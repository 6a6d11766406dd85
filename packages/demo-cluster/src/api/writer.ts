/** How clients change a kind: parsing, storage and effects. */
import type { z } from 'zod'
import type { Scene } from '../scene'
import type { Layer } from '../state/layer'
import type { State } from '../state/state'
import type { Snapshot } from '../snapshot'
import type { KubeObject } from '../types'

export interface WriteContext {
  state: State
  scene: Scene
  /** The cluster before the write. */
  snapshot: Snapshot
}

export interface Prepared {
  /** With defaults. */
  object: KubeObject
  store: () => void
}

export interface Writer {
  /**
   * @throws ZodError for an invalid object
   * @throws StatusError for a forbidden change
   */
  prepare: (context: WriteContext, given: unknown) => Prepared
}

export interface WriterInput<Given extends KubeObject, Kept extends KubeObject> {
  schema: z.ZodType<Given>
  /** Adds the API server's fields. */
  complete: (context: WriteContext, given: Given) => Kept
  layer: (context: WriteContext, object: Kept) => Layer<Kept>
  /** Applies the controllers' reactions. */
  follow?: (context: WriteContext, object: Kept) => void
}

export function writer<Given extends KubeObject, Kept extends KubeObject>(input: WriterInput<Given, Kept>): Writer {
  return {
    prepare: (context, given) => {
      const object = input.complete(context, input.schema.parse(given))
      const store = () => {
        input.layer(context, object).set(object)
        input.follow?.(context, object)
      }
      return { object, store }
    },
  }
}

/** A kind that is stored as parsed. */
export function plainWriter<T extends KubeObject>(
  schema: z.ZodType<NoInfer<T>>,
  layer: (state: State) => Layer<T>,
  follow?: (context: WriteContext, object: T) => void,
): Writer {
  return writer<T, T>({ schema, complete: (_, given) => given, layer: ({ state }) => layer(state), follow })
}

export type Remover = (context: WriteContext, object: KubeObject) => void
