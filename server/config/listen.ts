/** Listen address and request timeout: `HOST`, `PORT`, `REQUEST_SECONDS`. */
import { DEFAULT_PORT } from '#shared/environment/server'
import type { Environment, VariableName } from '#shared/environment/schema'
import { ConfigError } from './error'
import type { Problems } from './problems'
import { readClientCa, readTls } from './tls'
import type { TlsConfig } from './tls'

export interface ListenConfig {
  host: string
  /** 0: a free port. */
  port: number
  /** Time limit for receiving a request, in milliseconds, so that slow ones do not accumulate. */
  requestMs: number
  /** Absent: plain HTTP. */
  tls?: TlsConfig
  /** CA of client certificates, in PEM; absent: none is asked for. */
  clientCa?: string
}

export function readListen(env: Environment, problems: Problems): ListenConfig {
  const tls = readTls(env, problems)
  const clientCa = readClientCa(env, tls, problems)
  return {
    host: env.HOST,
    port: env.PORT ?? DEFAULT_PORT.app,
    requestMs: env.REQUEST_SECONDS * 1000,
    ...(tls && { tls }),
    ...(clientCa !== undefined && { clientCa }),
  }
}

/** The URL to open, for the log. */
export function listenUrl(address: { address: string; port: number; family: string }, secure: boolean): string {
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `${secure ? 'https' : 'http'}://${host}:${address.port}`
}

/** The variables that a port and its address come from. */
export interface ListenVariables {
  host: VariableName
  port: VariableName
}

/**
 * Explains an error of `server.listen`.
 * @returns undefined for an error unrelated to the configuration
 */
export function listenProblem(
  code: string | undefined,
  { host, port }: Pick<ListenConfig, 'host' | 'port'>,
  variables: ListenVariables = { host: 'HOST', port: 'PORT' },
): ConfigError | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return new ConfigError({
        variable: variables.port,
        problem: `${port} on ${host} is in use: stop what listens there, or set another port`,
      })
    case 'EACCES':
      return new ConfigError({
        variable: variables.port,
        problem: `this user may not listen on ${port}: choose one above 1023`,
      })
    case 'EADDRNOTAVAIL':
      return new ConfigError({ variable: variables.host, problem: `"${host}" is not an address of this machine` })
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConfigError({ variable: variables.host, problem: `the name "${host}" does not resolve to an address` })
    default:
      return undefined
  }
}
