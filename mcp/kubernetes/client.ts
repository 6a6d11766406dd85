/** Requests to one API server with one set of credentials, over one keep-alive agent. */
import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Agent, ProxyAgent, request } from 'undici'
import type { Dispatcher } from 'undici'
import { z } from 'zod'
import type { CredentialSource, Login } from './credentials'
import { parseAnswer, plainHeaders, readBody, readStatus, warningsOf } from './answers'
import { connectionError, KubeError, statusError } from './errors'
import type { RequestSubject } from './errors'
import { HeldConnection, requestUrl } from './held-connection'
import type {
  ForwardedAnswer,
  ForwardedRequest,
  GetOptions,
  HeldClient,
  KubeClient,
  SendAnswer,
  SendOptions,
  WriteMethod,
} from './types'

/** In milliseconds. */
const HEADERS_MS = 25_000
const CONNECT_MS = 8_000

/** How often a read is sent again that was refused for load, or whose kept connection was just being closed. */
const MAX_RETRIES = 3
const MAX_WAIT_MS = 5_000

type Method = 'GET' | WriteMethod

interface Sent {
  method: Method
  path: string
  query?: GetOptions<unknown>['query']
  accept: string
  body?: string
  contentType?: string
  signal: AbortSignal
}

export class HttpKubeClient implements KubeClient {
  private agent: { key: string; dispatcher: Dispatcher } | undefined
  private isUnverified = false
  private verifying: Promise<void> | undefined
  /** The namespace kube-system's UID, once known or if it was decided before. */
  private uid: string | undefined
  private tlsKey = ''

  /** @param expectedUid the only cluster that may answer, if it was decided before */
  constructor(
    private readonly source: CredentialSource,
    expectedUid?: string,
  ) {
    this.uid = expectedUid
  }

  async get<T>(path: string, options: GetOptions<T>): Promise<T> {
    const { query, accept = 'application/json', signal } = options
    const text = await this.text({ method: 'GET', path, ...(query && { query }), accept, signal })
    return parseAnswer(text, options.schema, this.source.server)
  }

  async post<T>(path: string, body: unknown, options: GetOptions<T>): Promise<T> {
    const { query, accept = 'application/json', signal } = options
    const sent = { method: 'POST' as const, path, ...(query && { query }), accept, signal }
    const text = await this.text({ ...sent, body: JSON.stringify(body) })
    return parseAnswer(text, options.schema, this.source.server)
  }

  async stream(
    path: string,
    { query, signal }: { query?: GetOptions<unknown>['query']; signal: AbortSignal },
  ): Promise<AsyncIterable<Uint8Array>> {
    const response = await this.exchange({ method: 'GET', path, ...(query && { query }), accept: '*/*', signal })
    await this.verify(signal)
    const { body } = response
    const subject = this.subject()
    return (async function* () {
      try {
        for await (const chunk of body) if (chunk instanceof Uint8Array) yield chunk
      } catch (error) {
        signal.throwIfAborted()
        throw connectionError(error, subject)
      }
    })()
  }

  async forward({ method, path, headers, body, signal }: ForwardedRequest): Promise<ForwardedAnswer> {
    const isRead = method === 'GET' || method === 'HEAD'
    for (let renewed = false; ; renewed = true) {
      const login = await this.source.login()
      const dispatcher = this.dispatcher(login)
      // A write must not be the first request of a connection that was not checked.
      if (!isRead) await this.verify(signal)
      const sent = { method, dispatcher, signal, headers: { ...headers, ...login.headers }, body: body ?? null }
      try {
        const url = this.source.server + path
        const response = await request(url, { ...sent, headersTimeout: HEADERS_MS, bodyTimeout: 0 })
        if (response.statusCode === 401 && !renewed) {
          this.source.renew()
          await response.body.dump()
          continue
        }
        await this.verify(signal)
        return { status: response.statusCode, headers: plainHeaders(response.headers), body: response.body }
      } catch (error) {
        signal.throwIfAborted()
        throw connectionError(error, this.subject())
      }
    }
  }

  async send<T>(method: WriteMethod, path: string, options: SendOptions<T>): Promise<SendAnswer<T>> {
    if (!options.dryRun)
      return this.hold(options.signal, async (held) => {
        if (this.uid !== undefined) await this.expectUid(held, this.uid, options.signal)
        return held.send(method, path, options)
      })
    const { query, contentType, body, schema, signal } = options
    const response = await this.exchange({
      ...{ method, path, query, accept: 'application/json', contentType, signal },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await readBody(response.body, this.subject(), signal)
    await this.verify(signal)
    return { data: parseAnswer(text, schema, this.source.server), warnings: warningsOf(response.headers) }
  }

  async hold<T>(signal: AbortSignal, use: (held: HeldClient) => Promise<T>): Promise<T> {
    for (let renewed = false; ; renewed = true) {
      signal.throwIfAborted()
      const held = new HeldConnection(await this.source.login(), this.subject())
      try {
        return await use(held)
      } catch (error) {
        // Refused for its login, nothing was done.
        if (renewed || !(error instanceof KubeError) || error.code !== 'unauthorized') throw error
        this.source.renew()
      } finally {
        await held.close()
      }
    }
  }

  /** Tells the UID of kube-system once it is known: later answers must come from that cluster. */
  pin(uid: string): void {
    this.uid ??= uid
  }

  async close(): Promise<void> {
    await this.agent?.dispatcher.destroy()
    this.agent = undefined
  }

  private async text(sent: Sent): Promise<string> {
    const { body } = await this.exchange(sent)
    const text = await readBody(body, this.subject(), sent.signal)
    await this.verify(sent.signal)
    return text
  }

  /** Sends again: with renewed credentials after a 401, when a kept connection was being closed, and under load. */
  private async exchange(sent: Sent): Promise<Dispatcher.ResponseData> {
    let renewed = false
    for (let tries = 0; ; tries++) {
      const login = await this.source.login()
      const response = await this.attempt(sent, login).catch((error: unknown) => {
        sent.signal.throwIfAborted()
        const failure = connectionError(error, this.subject())
        if (tries > 0 || !isClosedConnection(error)) throw failure
        return undefined
      })
      if (!response) continue
      const { statusCode } = response
      if (statusCode < 300) return response
      const words = await readStatus(response)
      if (statusCode === 401 && !renewed) {
        renewed = true
        this.source.renew()
        continue
      }
      if (statusCode === 429 && tries < MAX_RETRIES) {
        await delay(Math.min(MAX_WAIT_MS, (words.retryAfterSeconds ?? 1) * 1000), undefined, { signal: sent.signal })
        continue
      }
      throw statusError(statusCode, words, this.subject())
    }
  }

  private attempt(sent: Sent, login: Login): Promise<Dispatcher.ResponseData> {
    const { method, path, query, accept, body, contentType = 'application/json', signal } = sent
    return request(requestUrl(this.source.server, path, query), {
      method,
      dispatcher: this.dispatcher(login),
      signal,
      headers: {
        ...login.headers,
        Accept: accept,
        'User-Agent': 'k8s-ai-assistant-mcp',
        ...(body !== undefined && { 'Content-Type': contentType }),
      },
      ...(body !== undefined && { body }),
      headersTimeout: HEADERS_MS,
      bodyTimeout: HEADERS_MS,
    })
  }

  /** One agent as long as certificates and proxy stay the same; requests under way end on the old one. */
  private dispatcher({ tls, proxyUrl }: Login): Dispatcher {
    const key = keyOf(tls, proxyUrl)
    if (this.agent?.key === key) return this.agent.dispatcher
    void this.agent?.dispatcher.close().catch(() => undefined)
    const connect = { ...tls, timeout: CONNECT_MS }
    // HTTP/1.1: over HTTP/2 the API server ends the connection with a refused login, and the 401 does not arrive.
    const kept = { allowH2: false, keepAliveTimeout: 50_000, keepAliveMaxTimeout: 600_000, pipelining: 1 }
    const dispatcher =
      proxyUrl === undefined
        ? new Agent({ connect, ...kept })
        : new ProxyAgent({ uri: proxyUrl, requestTls: tls, connectTimeout: CONNECT_MS, ...kept })
    dispatcher.on('connect', () => (this.isUnverified = true))
    this.agent = { key, dispatcher }
    return dispatcher
  }

  /**
   * An answer over a new connection counts only if it is still the same cluster. One check for all that wait; a second
   * one for those that connected while the first was under way, since a check may open a connection of its own.
   */
  private async verify(signal: AbortSignal): Promise<void> {
    for (let checks = 0; this.uid !== undefined && checks < 2 && (this.isUnverified || this.verifying); checks++) {
      if (!this.verifying) {
        this.isUnverified = false
        this.verifying = this.checkUid().finally(() => (this.verifying = undefined))
      }
      await this.verifying
      signal.throwIfAborted()
    }
  }

  private async checkUid(): Promise<void> {
    const signal = AbortSignal.timeout(HEADERS_MS)
    const tls = this.agent?.key ?? ''
    let uid: string | undefined
    try {
      const response = await this.exchange({
        method: 'GET',
        path: KUBE_SYSTEM,
        accept: 'application/json',
        signal,
      })
      uid = uidSchema.parse(JSON.parse(await response.body.text())).metadata.uid
    } catch (error) {
      const mayNotKnow =
        error instanceof KubeError && error.code === 'forbidden' && (this.tlsKey === '' || this.tlsKey === tls)
      if (!mayNotKnow) {
        this.isUnverified = true
        throw error
      }
    }
    if (uid !== undefined && uid !== this.uid) {
      this.isUnverified = true
      throw this.otherCluster(uid)
    }
    this.tlsKey = tls
  }

  /** @throws KubeError `cluster-changed`; nothing if it may not be read */
  private async expectUid(held: HeldClient, expected: string, signal: AbortSignal): Promise<void> {
    try {
      const { metadata } = await held.get(KUBE_SYSTEM, { schema: uidSchema, signal })
      if (metadata.uid !== expected) throw this.otherCluster(metadata.uid)
    } catch (error) {
      if (!(error instanceof KubeError) || error.code !== 'forbidden') throw error
    }
  }

  private otherCluster(found: string): KubeError {
    const { server } = this.source
    return new KubeError(
      'cluster-changed',
      `Another cluster now answers at ${server}: the UID of kube-system was ${this.uid}, and is ${found}. Restart the assistant to use it.`,
      { server, expected: this.uid ?? '', found },
    )
  }

  private subject(): RequestSubject {
    const { server, name, user, origin } = this.source
    return { server, cluster: name, user, origin }
  }
}

const KUBE_SYSTEM = '/api/v1/namespaces/kube-system'
const uidSchema = z.looseObject({ metadata: z.looseObject({ uid: z.string() }) })

/** A kept connection that the other end was closing: the request was not read. */
function isClosedConnection(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'UND_ERR_SOCKET' || error.code === 'ECONNRESET' || error.code === 'EPIPE')
  )
}

function keyOf(tls: Login['tls'], proxyUrl: string | undefined): string {
  const hash = createHash('sha256')
  for (const part of [tls.ca, tls.cert, tls.key, tls.servername, String(tls.rejectUnauthorized), proxyUrl])
    hash.update(part ?? '').update('\0')
  return hash.digest('hex')
}
