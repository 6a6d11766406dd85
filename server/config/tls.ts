/** HTTPS: `TLS`, `TLS_CERT_FILE`, `TLS_KEY_FILE`. */
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { Environment } from '#shared/environment/schema'
import { isLoopback } from '../http/hosts'
import { readCa } from './ca-file'
import type { Problems } from './problems'
import { stateFolder } from './state-folder'

/** PEM contents. */
export interface KeyPair {
  cert: string
  key: string
}

export type TlsConfig =
  | { kind: 'files'; certFile: string; keyFile: string; /** As read at the start. */ pair: KeyPair }
  | {
      kind: 'self-signed'
      /** Its folder. */ folder: string
      /** Names and addresses that it must cover. */ names: string[]
    }

/** @returns undefined: plain HTTP */
export function readTls(env: Environment, problems: Problems): TlsConfig | undefined {
  const { TLS: mode, TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile, HOST: host } = env
  if (mode === 'off') {
    const problem = 'has no effect with TLS=off: unset one of them'
    if (certFile !== undefined) problems.add('TLS_CERT_FILE', problem)
    if (keyFile !== undefined) problems.add('TLS_KEY_FILE', problem)
    return undefined
  }
  if (mode === 'file' || certFile !== undefined || keyFile !== undefined) return readFiles(certFile, keyFile, problems)
  if (isLoopback(host)) return undefined
  const any = /^[0:.]+$/.test(host)
  return {
    kind: 'self-signed',
    folder: stateFolder(env),
    names: [...(any ? [] : [host]), ...(env.ALLOWED_HOSTS ?? [])],
  }
}

/** @returns the CA of the proxies' certificates, in PEM */
export function readClientCa(env: Environment, tls: TlsConfig | undefined, problems: Problems): string | undefined {
  const { AUTH_MODE: mode, AUTH_PROXY_CA_FILE: path } = env
  if (mode !== 'proxy' || path === undefined) return undefined
  if (!tls) problems.add('AUTH_PROXY_CA_FILE', 'needs HTTPS: set TLS_CERT_FILE and TLS_KEY_FILE')
  return readCa('AUTH_PROXY_CA_FILE', path, problems)
}

/** Both or neither. */
function readFiles(
  certFile: string | undefined,
  keyFile: string | undefined,
  problems: Problems,
): TlsConfig | undefined {
  if (certFile === undefined) problems.add('TLS_CERT_FILE', 'is needed: HTTPS takes a certificate and its key')
  if (keyFile === undefined) problems.add('TLS_KEY_FILE', 'is needed: HTTPS takes a certificate and its key')
  const cert = certFile && readPem('TLS_CERT_FILE', certFile, problems)
  const key = keyFile && readPem('TLS_KEY_FILE', keyFile, problems)
  if (cert) check(() => createSecureContext({ cert }), 'TLS_CERT_FILE', `${certFile} holds no certificate in PEM`)
  if (key)
    check(
      () => createSecureContext({ key }),
      'TLS_KEY_FILE',
      `${keyFile} holds no private key in PEM without a passphrase`,
    )
  if (!certFile || !keyFile || !cert || !key) return undefined
  check(() => createSecureContext({ cert, key }), 'TLS_KEY_FILE', `${keyFile} is not the key of ${certFile}`)
  return { kind: 'files', certFile, keyFile, pair: { cert, key } }

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
