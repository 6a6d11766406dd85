/** Errors of the Kubernetes side, typed and as a sentence for a person. */

export type KubeErrorCode =
  | 'forbidden'
  | 'not-found'
  | 'missing-namespace'
  | 'missing-container'
  | 'unknown-kind'
  | 'invalid-arguments'
  | 'denied-by-operator'
  | 'metrics-missing'
  | 'not-available'
  | 'bad-request'
  | 'conflict'
  | 'expired'
  | 'too-many-requests'
  | 'too-large'
  | 'server-error'
  | 'timeout'
  // These concern every call: they are the state of the link.
  | 'unauthorized'
  | 'unreachable'
  | 'unknown-host'
  | 'certificate'
  | 'login-program-missing'
  | 'login-program-failed'
  | 'kubeconfig'
  | 'cluster-changed'

const LINK_CODES: ReadonlySet<KubeErrorCode> = new Set([
  'unauthorized',
  'unreachable',
  'unknown-host',
  'certificate',
  'login-program-missing',
  'login-program-failed',
  'kubeconfig',
  'cluster-changed',
])

export type ErrorParams = Record<string, string | number>

/** Thrown by everything below the tools. `message` is a sentence for a person: what is wrong, and what to do. */
export class KubeError extends Error {
  constructor(
    readonly code: KubeErrorCode,
    message: string,
    readonly params: ErrorParams = {},
    /** What the API server or a library said, for a log or a disclosure. */
    readonly raw?: string,
  ) {
    super(message)
    this.name = 'KubeError'
  }

  /** True if every other call fails for the same reason: a state of the link, not an answer to a question. */
  get concernsEveryCall(): boolean {
    return LINK_CODES.has(this.code)
  }
}
