/** A self-signed certificate for a server that has no other, kept in a file so that its fingerprint stays the same. */
import { X509Certificate } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { KeyPair } from '../config/tls'

/** In days. Apple's systems refuse certificates that are valid for more than 825 days. */
const VALID_DAYS = 397
/** A certificate with less time left is replaced, in days. */
const RENEW_DAYS = 30

const DAY_MS = 24 * 3600 * 1000

interface SelfSigned extends KeyPair {
  /** Why the next start has to make another one: the error of the file system. */
  notKept?: string
}

/**
 * The kept certificate, or a new one if there is none, it soon expires, or it lacks one of the names.
 * @param folder is made if it does not exist; the file is `tls.pem` in it, with mode 600
 * @param names host names and addresses
 * @param now in milliseconds since 1970
 * @param used the certificate in use, which stays if none could be kept
 */
export async function selfSignedPair(
  { folder, names }: { folder: string; names: readonly string[] },
  now = Date.now(),
  used?: KeyPair,
): Promise<SelfSigned> {
  const file = join(folder, 'tls.pem')
  const pem = await readFile(file, 'utf8').catch(() => '')
  for (const pair of [{ cert: pem, key: pem }, used]) if (pair && isUsable(pair, names, now)) return pair
  const made = await makePair(names, now)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    // Two processes may start together: each file is complete.
    const draft = `${file}.${process.pid}`
    await writeFile(draft, `${made.cert}${made.key}`, { mode: 0o600 })
    await rename(draft, file)
    return made
  } catch (error) {
    return { ...made, notKept: error instanceof Error ? error.message : String(error) }
  }
}

function isUsable(pair: KeyPair, names: readonly string[], now: number): boolean {
  try {
    createSecureContext(pair)
    const certificate = new X509Certificate(pair.cert)
    return (
      certificate.validToDate.getTime() - now > RENEW_DAYS * DAY_MS &&
      names.every((name) => (isIP(bare(name)) ? certificate.checkIP(bare(name)) : certificate.checkHost(name)))
    )
  } catch {
    return false
  }
}

async function makePair(names: readonly string[], now: number): Promise<KeyPair> {
  // Most servers never need it.
  const { generate } = await import('selfsigned')
  const all = new Set([...names.map(bare), 'localhost', hostname(), ...ownAddresses()])
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'K8s AI Assistant' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A client's clock may be behind.
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + (VALID_DAYS - 1) * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...all].map((name) => (isIP(name) ? { type: 7, ip: name } : { type: 2, value: name })),
      },
    ],
  })
  return { cert: withNewline(cert), key: withNewline(key) }
}

/** Of this machine, without those that are valid on one link only. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .map(({ address }) => address)
    .filter((address) => !/^fe80:/i.test(address))
}

/** `ALLOWED_HOSTS` has IPv6 addresses in brackets. */
function bare(name: string): string {
  return name.replace(/^\[(.*)\]$/, '$1')
}

function withNewline(pem: string): string {
  return `${pem.trim()}\n`.replaceAll('\r\n', '\n')
}
