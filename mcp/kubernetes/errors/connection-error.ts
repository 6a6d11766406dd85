/** Errors of a connection: no response, or an incomplete one. */
import { KubeError } from './errors'
import type { ErrorParams, RequestSubject } from './errors'

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
