/** Where the server listens, and how long it waits for a request: `HOST`, `PORT`, `REQUEST_SECONDS`, the certificate. */
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { ConfigError } from './config'

export interface ListenConfig {
  host: string
  /** 0 lets the system choose a free one. */
  port: number
  /** How long a request may take to arrive, headers and body, in milliseconds: slow ones must not pile up. */
  requestMs: number
  /** Contents in PEM; absent: plain HTTP. */
  tls?: { cert: string; key: string }
}

type Env = Record<string, string | undefined>

/**
 * @param env `TLS_CERT_FILE` and `TLS_KEY_FILE` are paths, set together or not at all
 * @throws ConfigError that names the variable
 */
export function readListen(env: Env): ListenConfig {
  const tls = readTls(env.TLS_CERT_FILE?.trim(), env.TLS_KEY_FILE?.trim())
  return {
    host: readHost(env.HOST?.trim()),
    port: readPort(env.PORT?.trim()),
    requestMs: readSeconds(env.REQUEST_SECONDS?.trim()) * 1000,
    ...(tls && { tls }),
  }
}

/** The address a person types, for the log. */
export function listenUrl(address: { address: string; port: number; family: string }, secure: boolean): string {
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `${secure ? 'https' : 'http'}://${host}:${address.port}`
}

/**
 * Puts an error of `server.listen` into words.
 * @returns undefined for an error that has nothing to do with the configuration
 */
export function listenProblem(
  code: string | undefined,
  { host, port }: Pick<ListenConfig, 'host' | 'port'>,
): ConfigError | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return new ConfigError('PORT', `${port} on ${host} is in use: stop what listens there, or set another port`)
    case 'EACCES':
      return new ConfigError('PORT', `this user may not listen on ${port}: choose one above 1023`)
    case 'EADDRNOTAVAIL':
      return new ConfigError('HOST', `"${host}" is not an address of this machine`)
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConfigError('HOST', `the name "${host}" does not resolve to an address`)
    default:
      return undefined
  }
}

function readHost(value: string | undefined): string {
  if (!value) return '127.0.0.1'
  if (/[\s/]|^\w+:\d+$|:\/\//.test(value))
    throw new ConfigError('HOST', `"${value}" is not an address such as 127.0.0.1 or 0.0.0.0, without scheme or port`)
  return value.replace(/^\[(.*)\]$/, '$1')
}

function readPort(value: string | undefined): number {
  if (!value) return 8005
  const port = Number(value)
  if (!/^\d+$/.test(value) || port > 65_535)
    throw new ConfigError('PORT', `"${value}" is not a whole number from 0 to 65535`)
  return port
}

function readSeconds(value: string | undefined): number {
  if (!value) return 30
  const seconds = Number(value)
  if (!/^\d+$/.test(value) || seconds < 1 || seconds > 3600)
    throw new ConfigError('REQUEST_SECONDS', `"${value}" is not a whole number from 1 to 3600`)
  return seconds
}

function readTls(certFile: string | undefined, keyFile: string | undefined): ListenConfig['tls'] {
  if (!certFile && !keyFile) return undefined
  if (!certFile) throw new ConfigError('TLS_CERT_FILE', 'is needed beside TLS_KEY_FILE: HTTPS takes both files')
  if (!keyFile) throw new ConfigError('TLS_KEY_FILE', 'is needed beside TLS_CERT_FILE: HTTPS takes both files')
  const cert = readPem('TLS_CERT_FILE', certFile)
  const key = readPem('TLS_KEY_FILE', keyFile)
  try {
    createSecureContext({ cert })
  } catch (error) {
    throw new ConfigError('TLS_CERT_FILE', `${certFile} holds no certificate in PEM (${words(error)})`)
  }
  try {
    createSecureContext({ key })
  } catch (error) {
    throw new ConfigError(
      'TLS_KEY_FILE',
      `${keyFile} holds no private key in PEM without a passphrase (${words(error)})`,
    )
  }
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    throw new ConfigError('TLS_KEY_FILE', `${keyFile} is not the key of ${certFile} (${words(error)})`)
  }
  return { cert, key }
}

function readPem(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(variable, `cannot read the file ${path} (${words(error)})`)
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
