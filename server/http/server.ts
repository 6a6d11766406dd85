/** The server of the main port: HTTP, or HTTPS with a certificate that is replaced without a restart. */
import { createServer as createHttpServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Logger } from 'pino'
import type { ListenConfig } from '../config/listen'
import { fingerprintOf, openCertificate, watchCertificate } from '../tls/certificate'
import { answerPlainHttp } from '../tls/plain-http'

/** Node's check interval for slow requests, in milliseconds. */
const CHECK_MS = 1000

/**
 * How long an idle connection is kept, in milliseconds: longer than proxies keep theirs (usually 60 s). With Node's 5
 * s, requests sometimes met a closing connection.
 */
const IDLE_MS = 65_000

export interface MainServer {
  server: Server
  /** For the log: what a browser shows of the certificate. Absent: plain HTTP. */
  fingerprint?: string
  /** Releases what keeps the server from closing. */
  stop: () => void
}

/** Creates the server; it does not listen yet. */
export async function createMainServer(
  { requestMs, tls, clientCa }: Pick<ListenConfig, 'requestMs' | 'tls' | 'clientCa'>,
  listener: RequestListener,
  log: Logger,
): Promise<MainServer> {
  const limits = {
    requestTimeout: requestMs,
    headersTimeout: requestMs,
    keepAliveTimeout: IDLE_MS,
    connectionsCheckingInterval: CHECK_MS,
  }
  if (!tls) return { server: createHttpServer(limits, listener), stop: () => undefined }
  const pair = await openCertificate(tls, log)
  // Browsers without a certificate are let in: the login decides.
  const clients = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: false }
  const server = createHttpsServer({ ...limits, ...pair, ...clients }, listener)
  const endWaiting = answerPlainHttp(server, requestMs)
  // Open connections keep theirs.
  const unwatch = watchCertificate(tls, pair, (next) => server.setSecureContext({ ...next, ...clients }), log)
  return {
    server,
    fingerprint: fingerprintOf(pair),
    stop: () => {
      unwatch()
      endWaiting()
    },
  }
}
