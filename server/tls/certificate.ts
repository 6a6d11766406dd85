/** The certificate in use: read or made at the start, and again when its files change or it soon expires. */
import { X509Certificate } from 'node:crypto'
import { unwatchFile, watchFile } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { Logger } from 'pino'
import type { KeyPair, TlsConfig } from '../config/tls'
import { selfSignedPair } from './self-signed'

/** Interval for checking the files, in milliseconds. Works with Secrets in volumes and on network file systems. */
const FILES_MS = 2000

/** Interval for checking the age of a self-signed certificate, in milliseconds. */
const AGE_MS = 12 * 3600 * 1000

/** SHA-256 of the certificate, as browsers and `openssl x509 -fingerprint -sha256` show it. */
export function fingerprintOf({ cert }: Pick<KeyPair, 'cert'>): string {
  return new X509Certificate(cert).fingerprint256
}

/**
 * Reads the certificate, or makes a self-signed one.
 * @param used the certificate in use
 */
export async function openCertificate(config: TlsConfig, log: Logger, used?: KeyPair): Promise<KeyPair> {
  if (config.kind === 'files') return config.pair
  const { notKept, ...pair } = await selfSignedPair(config, Date.now(), used)
  if (notKept !== undefined)
    log.warn({ folder: config.folder, reason: notKept }, 'the self-signed certificate is not kept')
  return pair
}

/**
 * Calls back with each new certificate. If the files do not match each other, e.g. between two writes, the last valid
 * certificate stays in use.
 * @returns stops watching
 */
export function watchCertificate(
  config: TlsConfig,
  current: KeyPair,
  use: (pair: KeyPair) => void,
  log: Logger,
): () => void {
  let used = current
  const replace = (pair: KeyPair) => {
    if (pair.cert === used.cert && pair.key === used.key) return
    createSecureContext(pair)
    use(pair)
    used = pair
    log.info({ fingerprint: fingerprintOf(pair) }, 'certificate replaced')
  }
  const look = (read: () => Promise<KeyPair>) => async () => {
    try {
      replace(await read())
    } catch (error) {
      log.warn({ err: error }, 'the changed certificate is not usable: the last one stays in use')
    }
  }
  if (config.kind === 'self-signed') {
    const timer = setInterval(() => void look(() => openCertificate(config, log, used))(), AGE_MS).unref()
    return () => clearInterval(timer)
  }
  const { certFile, keyFile } = config
  const changed = look(async () => {
    const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')])
    return { cert, key }
  })
  const listener = () => void changed()
  for (const file of [certFile, keyFile]) watchFile(file, { interval: FILES_MS, persistent: false }, listener)
  return () => {
    for (const file of [certFile, keyFile]) unwatchFile(file, listener)
  }
}
