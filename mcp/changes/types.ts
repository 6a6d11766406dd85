/** What the parts of a change hand each other. A tool drafts operations; `plan.ts` and `run.ts` do the rest for all tools. */
import type { ResultNote } from '../../shared/result'
import type { ApiResource, Cluster, KubeObject } from '../kubernetes/types'

/** One request that changes one object, as it will be sent but for its preconditions and `dryRun`. */
export interface Operation {
  verb: 'create' | 'update' | 'delete' | 'evict'
  resource: ApiResource
  namespace: string | undefined
  name: string
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Of the API, with a subresource such as `/scale` if it has one. */
  path: string
  contentType:
    | 'application/json'
    | 'application/merge-patch+json'
    | 'application/strategic-merge-patch+json'
    | 'application/json-patch+json'
    | 'application/apply-patch+yaml'
  query: Record<string, string | boolean | undefined>
  body: unknown
  /** The live object when it was drafted; absent: there is none. */
  live: KubeObject | undefined
  /** Fields that differ from one dry run to the next by their nature, e.g. a restart's timestamp. JSON paths such as `spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]`. */
  assigned: string[]
  notes: ResultNote[]
}

/** What a writing tool makes of its arguments: reads only. */
export interface Draft {
  title: ResultNote
  operations: Operation[]
  notes: ResultNote[]
  /** The words behind `kubectl` that do the same; absent: the request itself is sent. */
  kubectl?: readonly string[]
  /** More than one object is deleted, a namespace, or all of a release: the name has to be typed. */
  confirm?: string
}

export interface WriteContext {
  cluster: Cluster
  signal: AbortSignal
  now: () => number
}

/** The arguments after reading and coercion: plain JSON, as they are shown, signed and sent. */
export type WriteArguments = Record<string, unknown>

export interface WriteTool {
  name: string
  description: string
  properties: Record<string, object>
  required?: string[]
  /**
   * Reads the arguments leniently and completely.
   * @returns one set of arguments, or one for each object of the request
   * @throws KubeError `invalid-arguments`
   */
  read: (raw: unknown) => WriteArguments[]
  /** @throws KubeError */
  draft: (args: WriteArguments, context: WriteContext) => Promise<Draft>
}
