/** Typed errors of the Kubernetes side, with a sentence for the user. */
import { LocalizedError } from '../../../shared/messages/error'
import { isMessage } from '../../../shared/messages/message'
import type { Message } from '../../../shared/messages/message'

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
  // Errors of changes.
  | 'already-exists'
  | 'admission-denied'
  | 'disruption-budget'
  | 'dry-run-unsupported'
  | 'field-conflict'
  | 'immutable-field'
  | 'invalid-object'
  | 'limit-exceeded'
  | 'namespace-terminating'
  | 'not-identified'
  | 'not-planned'
  | 'read-only'
  | 'quota-exceeded'
  | 'webhook-failed'
  /** The request was sent, but its outcome is unknown. */
  | 'unknown-outcome'
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

/** Thrown by everything below the tools. `detail` is a sentence for the user: the problem and what to do. */
export class KubeError extends LocalizedError {
  constructor(
    readonly code: KubeErrorCode,
    detail: Message,
    /** Facts for programs; by default those that the sentence names. */
    readonly params: ErrorParams = plainParams(detail),
    /** The original message of the API server or a library, for logs and details. */
    readonly raw?: string,
  ) {
    super(detail)
    this.name = 'KubeError'
  }

  /** True if every other call fails for the same reason: a state of the link, not the answer to a question. */
  get concernsEveryCall(): boolean {
    return LINK_CODES.has(this.code)
  }
}

function plainParams({ params }: Message): ErrorParams {
  const plain = Object.entries(params).flatMap(([name, value]) => (isMessage(value) ? [] : [[name, value] as const]))
  return Object.fromEntries(plain)
}

/** What a request is about, for its error messages. */
export interface RequestSubject {
  server: string
  /** Name of the cluster entry. */
  cluster: string
  /** Name of the kubeconfig's user. */
  user: string
  /** Source of the credentials, e.g. the path of the kubeconfig. */
  origin: string
}

/** `message` and `reason` of the API server's Status object, if it sent one. */
export interface StatusWords {
  message?: string | undefined
  reason?: string | undefined
  kind?: string | undefined
  name?: string | undefined
  causes?: { reason?: string | undefined; message?: string | undefined; field?: string | undefined }[] | undefined
  retryAfterSeconds?: number | undefined
}
