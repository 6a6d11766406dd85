/** Errors of a connection: no response, or an incomplete one. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import { KubeError } from './errors'
import type { RequestSubject } from './errors'

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
      return new KubeError('unknown-host', msg('api-unknown-host', { host, cluster }), { ...params, host }, raw)
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return new KubeError('timeout', msg('api-timeout', { server }), params, raw)
    default: {
      const reason = CONNECTION_REASONS[code] ?? msg('reason-failed')
      return new KubeError(
        'unreachable',
        msg('unreachable', { server, reason }),
        { ...params, reason: reason.text },
        raw,
      )
    }
  }
}

const CONNECTION_REASONS: Record<string, Message> = {
  ECONNREFUSED: msg('reason-refused'),
  ECONNRESET: msg('reason-reset'),
  EHOSTUNREACH: msg('reason-no-route'),
  ENETUNREACH: msg('reason-network'),
  ETIMEDOUT: msg('reason-timeout'),
  UND_ERR_CONNECT_TIMEOUT: msg('reason-timeout'),
  UND_ERR_SOCKET: msg('reason-closed'),
  EPROTO: msg('reason-no-tls'),
  CONNECTION_LOST: msg('reason-closed'),
}

function certificateError(
  code: string,
  params: { server: string; cluster: string; path: string },
  raw: string,
): KubeError {
  const detail =
    code === 'CERT_HAS_EXPIRED'
      ? msg('certificate-expired', params)
      : code.startsWith('ERR_TLS_CERT_ALTNAME')
        ? msg('certificate-other-host', params)
        : msg('certificate-unknown-authority', params)
  return new KubeError('certificate', detail, params, raw)
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
