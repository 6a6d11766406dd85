/** What the tools know of a cluster. Implemented by the files beside this one. */
import type { z } from 'zod'
import type { ClusterRef } from '../../shared/result'

export type { KubeObject, ObjectMeta } from '../../shared/kubernetes/object'

/** One kind as the API's discovery tells it. */
export interface ApiResource {
  /** Empty for the core group. */
  group: string
  version: string
  kind: string
  plural: string
  singular: string
  shortNames: string[]
  namespaced: boolean
  verbs: string[]
}

export interface GetOptions<T> {
  query?: Record<string, string | number | boolean | undefined>
  accept?: string
  schema: z.ZodType<T>
  signal: AbortSignal
}

export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface SendOptions<T> {
  query?: GetOptions<unknown>['query']
  contentType?: string
  /** Sent as JSON. */
  body?: unknown
  schema: z.ZodType<T>
  signal: AbortSignal
  /** The request changes nothing: it may be sent again, and its answer may be lost. */
  dryRun?: boolean
}

export interface SendAnswer<T> {
  data: T
  /** Of the API server and its admission webhooks. */
  warnings: string[]
}

/**
 * One connection with one login: it is never opened again, so that what was checked over it (cluster, user) holds for what
 * is sent over it.
 */
export interface HeldClient extends Pick<KubeClient, 'get' | 'post'> {
  /** As KubeClient's, once: it is never sent again. @throws KubeError `unknown-outcome` if it may have been carried out */
  send: <T>(method: WriteMethod, path: string, options: SendOptions<T>) => Promise<SendAnswer<T>>
  /** As KubeClient's, once. @throws KubeError `unknown-outcome` if it may have been carried out */
  forward: (request: ForwardedRequest) => Promise<ForwardedAnswer>
  /** A hash of whom the credentials name, for API servers that do not tell the user. */
  readonly subject: string
}

/** A request of a program that speaks to the API server through us. */
export interface ForwardedRequest {
  method: string
  /** With its query; without the path of the API URL. */
  path: string
  /** Without credentials. */
  headers: Record<string, string>
  body?: Uint8Array | undefined
  signal: AbortSignal
}

export interface ForwardedAnswer {
  status: number
  headers: Record<string, string>
  body: AsyncIterable<Uint8Array>
}

/** Requests to one API server with one set of credentials, over one keep-alive agent. */
export interface KubeClient {
  /** GET of a path such as `/api/v1/pods`. @throws KubeError */
  get: <T>(path: string, options: GetOptions<T>) => Promise<T>
  /** POST of a JSON body; used for reviews alone. @throws KubeError */
  post: <T>(path: string, body: unknown, options: GetOptions<T>) => Promise<T>
  /** GET whose body is read as it arrives, such as a log. @throws KubeError, also while it is read */
  stream: (
    path: string,
    options: { query?: GetOptions<unknown>['query']; signal: AbortSignal },
  ) => Promise<AsyncIterable<Uint8Array>>
  /**
   * A request that may change something, sent over a connection of its own after a check of the cluster.
   * @throws KubeError; `unknown-outcome` if it may have been carried out
   */
  send: <T>(method: WriteMethod, path: string, options: SendOptions<T>) => Promise<SendAnswer<T>>
  /** Opens a connection of its own for `use`, which runs again with renewed credentials if they were refused. */
  hold: <T>(signal: AbortSignal, use: (held: HeldClient) => Promise<T>) => Promise<T>
  /** Sends a request with the session's credentials and returns any answer as it is. @throws KubeError of the connection */
  forward: (request: ForwardedRequest) => Promise<ForwardedAnswer>
}

export interface Discovery {
  /**
   * Finds a kind by what a person or a model calls it: `pods`, `po`, `Pod`, `deployments.apps`, `apps/v1/Deployment`.
   * Reads discovery again once on a miss.
   * @returns the resource, and the other groups that have one of the same name
   * @throws KubeError `unknown-kind` with near names and the groups that have the kind
   */
  find: (name: string, signal: AbortSignal) => Promise<{ resource: ApiResource; alsoIn: ApiResource[] }>
  /** Everything that can be listed. */
  all: (signal: AbortSignal) => Promise<ApiResource[]>
  /** Group versions that the API server cannot reach now, e.g. `metrics.k8s.io/v1beta1`. */
  unreachable: (signal: AbortSignal) => Promise<string[]>
}

/** What an operator keeps from every client. */
export interface ReadRules {
  /** Kinds in their canonical form: singular, lower case, without a group. */
  deniedKinds: ReadonlySet<string>
  deniedNamespaces: ReadonlySet<string>
}

/** One cluster as one user sees it: what every tool is given. */
export interface Cluster {
  client: KubeClient
  discovery: Discovery
  /** Who and where; kept after the first success. @throws KubeError if the API server cannot be asked */
  identity: (signal: AbortSignal) => Promise<ClusterRef>
  /** The namespace that the kubeconfig's context names. */
  defaultNamespace: string | undefined
  /** Namespaces to read if the user may not list them: `NAMESPACES`. */
  knownNamespaces: readonly string[]
  rules: ReadRules
}
