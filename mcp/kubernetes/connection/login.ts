/** The headers and certificates of one request, or why the login failed. */
import { both, msg } from '../../../shared/messages/create'
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js'
import { basename } from 'node:path'
import { z } from 'zod'
import { KubeError } from '../errors/errors'
import type { CredentialSource, Login } from './credentials'

export async function applied(config: KubeConfig, source: CredentialSource): Promise<Login> {
  const options: Parameters<KubeConfig['applyToHTTPSOptions']>[0] = {}
  try {
    await config.applyToHTTPSOptions(options)
  } catch (error) {
    throw loginError(error, config, source)
  }
  const { headers, auth, ca, cert, key, servername, rejectUnauthorized } = options
  const own: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers ?? {})) if (typeof value === 'string') own[name] = value
  if (typeof auth === 'string') own.Authorization = `Basic ${Buffer.from(auth).toString('base64')}`
  const tls: Login['tls'] = {}
  if (isPem(ca)) tls.ca = ca
  if (isPem(cert)) tls.cert = cert
  if (isPem(key)) tls.key = key
  if (servername) tls.servername = servername
  if (rejectUnauthorized === false) tls.rejectUnauthorized = false
  return { headers: own, tls }
}

function isPem(value: unknown): value is string | Buffer {
  return typeof value === 'string' || Buffer.isBuffer(value)
}

function loginError(error: unknown, config: KubeConfig, source: CredentialSource): KubeError {
  const raw = error instanceof Error ? error.message : String(error)
  const exec: unknown = config.getCurrentUser()?.exec
  const parsed = z.object({ command: z.string(), installHint: z.string().optional() }).safeParse(exec)
  if (!parsed.success)
    return new KubeError(
      'kubeconfig',
      msg('login-unreadable', { user: source.user, origin: source.origin, raw }),
      { user: source.user, path: source.origin, reason: raw },
      raw,
    )
  const { command, installHint } = parsed.data
  const program = basename(command)
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) {
    const hint = installHint ? msg('login-program-hint', { hint: installHint.trim() }) : undefined
    return new KubeError(
      'login-program-missing',
      both(msg('login-program-missing', { program }), hint),
      { program, hint: installHint ?? '' },
      raw,
    )
  }
  const reason = lastLines(raw) || msg('login-no-credential')
  return new KubeError(
    'login-program-failed',
    msg('login-program-failed', { program, reason }),
    { program, reason: typeof reason === 'string' ? reason : reason.text },
    raw,
  )
}

/** The end of a program's stderr, without its `Error:`. */
function lastLines(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return lines
    .slice(-2)
    .join(' ')
    .replace(/^error:\s*/i, '')
    .slice(0, 300)
}
