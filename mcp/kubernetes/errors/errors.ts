/** Typed errors of the Kubernetes side, with a sentence for the user. */
import { refusal } from './refusals'

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

/** Thrown by everything below the tools. `message` is a sentence for the user: the problem and what to do. */
export class KubeError extends Error {
  constructor(
    readonly code: KubeErrorCode,
    message: string,
    readonly params: ErrorParams = {},
    /** The original message of the API server or a library, for logs and details. */
    readonly raw?: string,
  ) {
    super(message)
    this.name = 'KubeError'
  }

  /** True if every other call fails for the same reason: a state of the link, not the answer to a question. */
  get concernsEveryCall(): boolean {
    return LINK_CODES.has(this.code)
  }
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
  /** Kind of the object. */
  kind?: string | undefined
  name?: string | undefined
  causes?: { reason?: string | undefined; message?: string | undefined; field?: string | undefined }[] | undefined
  retryAfterSeconds?: number | undefined
}

const CERTIFICATE_CODES = /^(SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|CERT_|ERR_TLS_CERT|ERR_SSL|HOSTNAME_MISMATCH)/

/** A connection error: no response, or an incomplete one. */
export function connectionError(error: unknown, subject: RequestSubject): KubeError {
  if (error instanceof KubeError) return error
  const { code, raw } = causeOf(error)
  const { server, cluster, origin } = subject
  const { host } = new URL(server)
  const params = { server, cluster, path: origin }
  if (CERTIFICATE_CODES.test(code)) return certificateError(code, params, raw)
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new KubeError(
        'unknown-host',
        `The host ${host} of cluster ${cluster} is unknown.`,
        { ...params, host },
        raw,
      )
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return new KubeError('timeout', `The API server at ${server} did not answer in time.`, params, raw)
    default: {
      const reason = CONNECTION_REASONS[code] ?? 'the connection failed'
      return new KubeError(
        'unreachable',
        `The API server at ${server} cannot be reached: ${reason}.`,
        { ...params, reason },
        raw,
      )
    }
  }
}

const CONNECTION_REASONS: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'the network is unreachable',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  UND_ERR_SOCKET: 'the connection was closed',
  EPROTO: 'it does not speak TLS',
  CONNECTION_LOST: 'the connection was closed',
}

function certificateError(code: string, params: ErrorParams, raw: string): KubeError {
  const { path, cluster } = params
  const text =
    code === 'CERT_HAS_EXPIRED'
      ? `The certificate of the API server of cluster ${cluster} has expired. Renew it there.`
      : code.startsWith('ERR_TLS_CERT_ALTNAME')
        ? `The certificate of the API server of cluster ${cluster} is for another host. Set tls-server-name in ${path}, or use the right address.`
        : `The API server's certificate is not signed by the authority in ${path} (cluster ${cluster}). Set certificate-authority there.`
  return new KubeError('certificate', text, params, raw)
}

/** The innermost error with a code, such as `ECONNREFUSED`: fetch and undici wrap it. */
function causeOf(error: unknown): { code: string; raw: string } {
  const raw = error instanceof Error ? error.message : String(error)
  for (let each: unknown = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    const inner = each instanceof AggregateError ? each.errors.find((one) => one instanceof Error) : undefined
    for (const one of [each, inner])
      if (one instanceof Error && 'code' in one && typeof one.code === 'string')
        return { code: one.code, raw: `${one.code}: ${one.message || raw}` }
  }
  return { code: '', raw }
}

/** Errors before a connection was established: nothing was sent. */
const NOTHING_SENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  'CONNECTION_LOST',
])

export function isBeforeSending(error: unknown): boolean {
  const { code } = causeOf(error)
  return NOTHING_SENT.has(code) || CERTIFICATE_CODES.test(code)
}

/** A non-2xx response of the API server. */
export function statusError(status: number, words: StatusWords, subject: RequestSubject): KubeError {
  const refused = refusalError(words)
  if (refused) return refused
  const { message = '', reason } = words
  const { server, user, origin } = subject
  const params = { server, user, path: origin }
  switch (status) {
    case 401:
      return new KubeError(
        'unauthorized',
        `The API server does not accept the login of user ${user} in ${origin}. Renew it.`,
        params,
        message,
      )
    case 403:
      return forbidden(message)
    case 404:
      return new KubeError('not-found', message || 'It does not exist.', {}, message)
    case 409:
      return new KubeError('conflict', message, {}, message)
    case 410:
      return new KubeError('expired', 'The list changed while it was read.', {}, message)
    case 429:
      return new KubeError(
        'too-many-requests',
        'The API server is busy and asked to wait. Try again in a few seconds.',
        {},
        message,
      )
    case 400:
    case 422:
      return new KubeError('bad-request', message || 'The API server refused the request.', {}, message)
    case 504:
      return new KubeError('timeout', `The API server at ${server} did not answer in time.`, params, message)
    default:
      return new KubeError(
        'server-error',
        `The API server answered with an error${reason ? ` (${reason})` : ''}: ${message.slice(0, 300) || status}`,
        { status, reason: reason ?? '' },
        message,
      )
  }
}

/** A non-2xx response to a write. After a 5xx only a webhook's refusal proves that nothing was done. */
export function writeError(status: number, words: StatusWords, subject: RequestSubject): KubeError {
  const refused = refusalError(words)
  if (refused) return refused
  if (status < 500 && status !== 408) return statusError(status, words, subject)
  const { message, raw } = statusError(status, words, subject)
  return new KubeError(
    'unknown-outcome',
    `The change was sent, and it may have been carried out: ${message}`,
    { server: subject.server, status },
    raw,
  )
}

function refusalError(words: StatusWords): KubeError | undefined {
  const found = refusal(words)
  return found && new KubeError(found.code, found.text, found.params, words.message)
}

const FORBIDDEN =
  /User "([^"]*)" cannot (\S+) resource "([^"]*)" in API group "([^"]*)"(?: in the namespace "([^"]*)"| at the cluster scope)?/

/** `User dev may not list pods of all namespaces.` */
function forbidden(message: string): KubeError {
  const [, user = '', verb = '', resource = '', group = '', namespace = ''] = FORBIDDEN.exec(message) ?? []
  if (!verb) return new KubeError('forbidden', message || 'The API server does not allow this.', {}, message)
  const where = namespace ? ` in the namespace ${namespace}` : CLUSTER_WORDS.has(verb) ? ' of all namespaces' : ''
  return new KubeError(
    'forbidden',
    `User ${user} may not ${verb} ${resource}${where}.`,
    { user, verb, resource, group, namespace },
    message,
  )
}

const CLUSTER_WORDS = new Set(['list', 'watch'])
