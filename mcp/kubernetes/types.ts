/** Interfaces to a cluster for the tools. */
import type { z } from 'zod'
import type { KindNames } from '../../shared/kubernetes/api'
import type { ClusterRef } from '../../shared/result'

export type { KubeObject } from '../../shared/kubernetes/object'

/** One kind as reported by discovery. */
export interface ApiResource extends KindNames {
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
  /** True if the request changes nothing: it may be retried, and its response may be lost. */
  dryRun?: boolean
}

export interface SendAnswer<T> {
  data: T
  /** Warnings of the API server and its admission webhooks. */
  warnings: string[]
}

/**
 * One connection with one login. It never reconnects, so that checks made over it (cluster, user) hold for later
 * requests.
 */
export interface HeldClient extends Pick<KubeClient, 'get' | 'post'> {
  /**
   * Like KubeClient's, but never retried.
   * @throws KubeError `unknown-outcome` if it may have been carried out
   */
  send: <T>(method: WriteMethod, path: string, options: SendOptions<T>) => Promise<SendAnswer<T>>
  /**
   * Like KubeClient's, but never retried.
   * @throws KubeError `unknown-outcome` if it may have been carried out
   */
  forward: (request: ForwardedRequest) => Promise<ForwardedAnswer>
  /** A hash of the user in the credentials, for API servers that do not report the user. */
  readonly subject: string
}

/** A request that a program sends to the API server through us. */
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
  /**
   * GET of a path such as `/api/v1/pods`.
   * @throws KubeError
   */
  get: <T>(path: string, options: GetOptions<T>) => Promise<T>
  /**
   * POST of a JSON body, only for reviews.
   * @throws KubeError
   */
  post: <T>(path: string, body: unknown, options: GetOptions<T>) => Promise<T>
  /**
   * GET with a streamed body, such as a log.
   * @throws KubeError, also during the stream
   */
  stream: (
    path: string,
    options: { query?: GetOptions<unknown>['query']; signal: AbortSignal },
  ) => Promise<AsyncIterable<Uint8Array>>
  /**
   * Sends a request that may change something, over a connection of its own after a cluster check.
   * @throws KubeError; `unknown-outcome` if it may have been carried out
   */
  send: <T>(method: WriteMethod, path: string, options: SendOptions<T>) => Promise<SendAnswer<T>>
  /** Opens a connection for `use`, which runs again with renewed credentials if they were refused. */
  hold: <T>(signal: AbortSignal, use: (held: HeldClient) => Promise<T>) => Promise<T>
  /**
   * Forwards a request with the session's credentials and returns any response unchanged.
   * @throws KubeError for connection errors
   */
  forward: (request: ForwardedRequest) => Promise<ForwardedAnswer>
}

export interface Discovery {
  /**
   * Finds a kind by any of its names: `pods`, `po`, `Pod`, `deployments.apps`, `apps/v1/Deployment`. Repeats discovery
   * once on a miss.
   * @returns the resource, and other groups with the same name
   * @throws KubeError `unknown-kind` with similar names
   */
  find: (name: string, signal: AbortSignal) => Promise<{ resource: ApiResource; alsoIn: ApiResource[] }>
  /** All listable kinds. */
  all: (signal: AbortSignal) => Promise<ApiResource[]>
  /** Unreachable group versions, e.g. `metrics.k8s.io/v1beta1`. */
  unreachable: (signal: AbortSignal) => Promise<string[]>
}

/** What the operator excludes for every client. */
export interface ReadRules {
  /** Canonical names: singular, lower case, without a group. */
  deniedKinds: ReadonlySet<string>
  deniedNamespaces: ReadonlySet<string>
}

/** A cluster as one user sees it. */
export interface Cluster {
  client: KubeClient
  discovery: Discovery
  /**
   * Cluster and user, cached after the first success.
   * @throws KubeError if the API server is unreachable
   */
  identity: (signal: AbortSignal) => Promise<ClusterRef>
  /** The namespace of the kubeconfig's context. */
  defaultNamespace: string | undefined
  /** Namespaces to read if the user may not list them: `NAMESPACES`. */
  knownNamespaces: readonly string[]
  rules: ReadRules
}
