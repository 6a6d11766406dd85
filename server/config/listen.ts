/** Listen address, request timeout and certificate: `HOST`, `PORT`, `REQUEST_SECONDS`, `TLS_*`. */
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { DEFAULT_PORT } from '#shared/environment/server'
import type { Environment } from '#shared/environment/schema'
import { ConfigError } from './error'
import type { Problems } from './problems'

export interface ListenConfig {
  host: string
  /** 0: a free port. */
  port: number
  /** Time limit for receiving a request, in milliseconds, so that slow ones do not accumulate. */
  requestMs: number
  /** PEM contents; absent: plain HTTP. */
  tls?: { cert: string; key: string }
}

export function readListen(env: Environment, problems: Problems): ListenConfig {
  const tls = readTls(env.TLS_CERT_FILE, env.TLS_KEY_FILE, problems)
  return {
    host: env.HOST,
    port: env.PORT ?? DEFAULT_PORT.app,
    requestMs: env.REQUEST_SECONDS * 1000,
    ...(tls && { tls }),
  }
}

/** The URL to open, for the log. */
export function listenUrl(address: { address: string; port: number; family: string }, secure: boolean): string {
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `${secure ? 'https' : 'http'}://${host}:${address.port}`
}

/**
 * Explains an error of `server.listen`.
 * @returns undefined for an error unrelated to the configuration
 */
export function listenProblem(
  code: string | undefined,
  { host, port }: Pick<ListenConfig, 'host' | 'port'>,
): ConfigError | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return new ConfigError({
        variable: 'PORT',
        problem: `${port} on ${host} is in use: stop what listens there, or set another port`,
      })
    case 'EACCES':
      return new ConfigError({
        variable: 'PORT',
        problem: `this user may not listen on ${port}: choose one above 1023`,
      })
    case 'EADDRNOTAVAIL':
      return new ConfigError({ variable: 'HOST', problem: `"${host}" is not an address of this machine` })
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConfigError({ variable: 'HOST', problem: `the name "${host}" does not resolve to an address` })
    default:
      return undefined
  }
}

/** Both or neither. */
function readTls(
  certFile: string | undefined,
  keyFile: string | undefined,
  problems: Problems,
): ListenConfig['tls'] | undefined {
  if (certFile === undefined && keyFile === undefined) return undefined
  if (certFile === undefined) problems.add('TLS_CERT_FILE', 'is needed beside TLS_KEY_FILE: HTTPS takes both files')
  if (keyFile === undefined) problems.add('TLS_KEY_FILE', 'is needed beside TLS_CERT_FILE: HTTPS takes both files')
  const cert = certFile && readPem('TLS_CERT_FILE', certFile, problems)
  const key = keyFile && readPem('TLS_KEY_FILE', keyFile, problems)
  if (cert) check(() => createSecureContext({ cert }), 'TLS_CERT_FILE', `${certFile} holds no certificate in PEM`)
  if (key)
    check(
      () => createSecureContext({ key }),
      'TLS_KEY_FILE',
      `${keyFile} holds no private key in PEM without a passphrase`,
    )
  if (!cert || !key) return undefined
  check(() => createSecureContext({ cert, key }), 'TLS_KEY_FILE', `${keyFile} is not the key of ${certFile}`)
  return { cert, key }

  function check(use: () => unknown, variable: TlsVariable, problem: string): void {
    try {
      use()
    } catch (error) {
      problems.add(variable, `${problem} (${messageOf(error)})`, ['TLS_CERT_FILE'])
    }
  }
}

type TlsVariable = 'TLS_CERT_FILE' | 'TLS_KEY_FILE'

function readPem(variable: TlsVariable, path: string, problems: Problems): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    problems.add(variable, `cannot read the file ${path} (${messageOf(error)})`)
    return undefined
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
