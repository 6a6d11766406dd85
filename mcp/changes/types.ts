/** Interfaces between tools and the engine: a tool drafts operations; `plan.ts` and `run.ts` do the rest. */
import type { ResultNote } from '../../shared/result'
import type { ApiResource, Cluster, KubeObject } from '../kubernetes/types'

/** A request that changes one object, without preconditions and `dryRun`. */
export interface Operation {
  verb: 'create' | 'update' | 'delete' | 'evict'
  resource: ApiResource
  namespace: string | undefined
  name: string
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** API path, including a subresource such as `/scale`. */
  path: string
  contentType:
    | 'application/json'
    | 'application/merge-patch+json'
    | 'application/strategic-merge-patch+json'
    | 'application/json-patch+json'
    | 'application/apply-patch+yaml'
  query: Record<string, string | boolean | undefined>
  body: unknown
  /** The live object when drafted; absent: it does not exist. */
  live: KubeObject | undefined
  /**
   * Fields that always differ between dry runs, e.g. a restart's timestamp. JSON paths such as
   * `spec.template.metadata.annotations[kubectl.kubernetes.io/restartedAt]`.
   */
  assigned: string[]
  notes: ResultNote[]
  /** Notes that need the dry run's result. */
  notesOn?: (result: KubeObject) => ResultNote[]
}

/** A tool's operations for its arguments. Drafting only reads. */
export interface Draft {
  title: ResultNote
  operations: Operation[]
  notes: ResultNote[]
  /** The equivalent command's words after `kubectl`; absent: the request itself is sent. */
  kubectl?: readonly string[]
  /** Text to type if several objects, a namespace or a whole release are deleted. */
  confirm?: string
}

export interface WriteContext {
  cluster: Cluster
  signal: AbortSignal
  now: () => number
}

/** Parsed arguments as plain JSON, as shown, signed and sent. */
export type WriteArguments = Record<string, unknown>

export interface WriteTool {
  name: string
  description: string
  properties: Record<string, object>
  required?: string[]
  /**
   * Parses and completes the arguments.
   * @returns one set of arguments for each object of the request
   * @throws KubeError `invalid-arguments`
   */
  read: (raw: unknown) => WriteArguments[]
  /** @throws KubeError */
  draft: (args: WriteArguments, context: WriteContext) => Promise<Draft>
}
