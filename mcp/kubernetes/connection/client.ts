/** Requests to one API server with one set of credentials, over one keep-alive agent. */
import { msg } from '../../../shared/messages/create'
import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { request } from 'undici'
import type { Dispatcher } from 'undici'
import { z } from 'zod'
import type { CredentialSource, Login } from './credentials'
import { isClosedConnection, parseAnswer, readBody, readStatus, warningsOf } from './answers'
import { countedDispatcher, Way } from './counted-client'
import { KubeError } from '../errors/errors'
import { connectionError } from '../errors/connection-error'
import { statusError } from '../errors/status-error'
import type { RequestSubject } from '../errors/errors'
import { Forwarder } from './forwarder'
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
} from '../types'

/** In milliseconds. */
const HEADERS_MS = 25_000

/** How often to retry a read that was refused for load or met a closing connection. */
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
  /** Replaces the connection pool. */
  over?: Dispatcher
}

export class HttpKubeClient implements KubeClient {
  private agent: { key: string; dispatcher: Dispatcher } | undefined
  /** UID of the namespace kube-system, once known or pinned. */
  private uid: string | undefined
  /** Certificates and proxy of the last successful cluster check. */
  private checkedWith = ''
  private readonly forwarder: Forwarder

  /** @param expectedUid the only cluster that may respond, if pinned before */
  constructor(
    private readonly source: CredentialSource,
    expectedUid?: string,
  ) {
    this.uid = expectedUid
    this.forwarder = new Forwarder(source, {
      pool: (login) => this.dispatcher(login),
      checked: (signal) => this.checkedConnection(signal),
      isPinned: () => this.uid !== undefined,
      isRight: (way, signal) => this.isRight(way, signal),
      unstable: () => this.unstable(),
      subject: () => this.subject(),
    })
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
    const { body } = await this.checkedStream({ method: 'GET', path, ...(query && { query }), accept: '*/*', signal })
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

  forward(request: ForwardedRequest): Promise<ForwardedAnswer> {
    return this.forwarder.forward(request)
  }

  async send<T>(method: WriteMethod, path: string, options: SendOptions<T>): Promise<SendAnswer<T>> {
    if (!options.dryRun)
      return this.hold(options.signal, async (held) => {
        if (this.uid !== undefined) await this.expectUid(held, this.uid, options.signal)
        return held.send(method, path, options)
      })
    const { query, contentType, body, schema, signal } = options
    // A dry run changes nothing, so it may be retried.
    for (let tries = 0; ; tries++) {
      const { response, way } = await this.exchange({
        ...{ method, path, query, accept: 'application/json', contentType, signal },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await readBody(response.body, this.subject(), signal)
      if (await this.isRight(way, signal))
        return { data: parseAnswer(text, schema, this.source.server), warnings: warningsOf(response.headers) }
      if (tries === MAX_RETRIES) throw this.unstable()
    }
  }

  async hold<T>(signal: AbortSignal, use: (held: HeldClient) => Promise<T>): Promise<T> {
    for (let renewed = false; ; renewed = true) {
      signal.throwIfAborted()
      const held = new HeldConnection(await this.source.login(), this.subject())
      try {
        return await use(held)
      } catch (error) {
        // Refused for its login, so nothing was done.
        if (renewed || !(error instanceof KubeError) || error.code !== 'unauthorized') throw error
        this.source.renew()
      } finally {
        await held.close()
      }
    }
  }

  /** Pins the UID of kube-system: later responses must come from that cluster. */
  pin(uid: string): void {
    this.uid ??= uid
  }

  async close(): Promise<void> {
    await this.agent?.dispatcher.destroy()
    this.agent = undefined
  }

  private async text(sent: Sent): Promise<string> {
    for (let tries = 0; ; tries++) {
      const { response, way } = await this.exchange(sent)
      const text = await readBody(response.body, this.subject(), sent.signal)
      if (await this.isRight(way, sent.signal)) return text
      if (tries === MAX_RETRIES) throw this.unstable()
    }
  }

  /**
   * A streamed response needs a connection that was checked before. If the pool chose another one, the request is
   * repeated over a new checked connection.
   */
  private async checkedStream(sent: Sent): Promise<Dispatcher.ResponseData> {
    const { response, way } = await this.exchange(sent)
    if (this.uid === undefined || way.isChecked || way.isLast) return response
    discard(response)
    const over = await this.checkedConnection(sent.signal)
    try {
      const again = await this.exchange({ ...sent, over })
      if (!again.way.isChecked && !again.way.isLast) throw this.unstable()
      again.response.body.once('close', () => void over.close())
      return again.response
    } catch (error) {
      void over.destroy()
      throw error
    }
  }

  /** Opens a checked connection. The caller closes it. */
  private async checkedConnection(signal: AbortSignal): Promise<Dispatcher> {
    const over = countedDispatcher(await this.source.login(), 1)
    try {
      await this.text({ method: 'GET', path: '/version', accept: 'application/json', signal, over })
      return over
    } catch (error) {
      void over.destroy()
      throw error
    }
  }

  /** Retries with renewed credentials after a 401, after a closed connection, and under load. */
  private async exchange(sent: Sent): Promise<{ response: Dispatcher.ResponseData; way: Way }> {
    let renewed = false
    for (let tries = 0; ; tries++) {
      const login = await this.source.login()
      const way = new Way()
      const response = await this.attempt(sent, login, way).catch((error: unknown) => {
        sent.signal.throwIfAborted()
        const failure = connectionError(error, this.subject())
        if (tries > 0 || !isClosedConnection(error)) throw failure
        return undefined
      })
      if (!response) continue
      way.answered(response.headers)
      // undici closes the connection after a DELETE with a body.
      if (sent.method === 'DELETE' && sent.body !== undefined) way.isLast = true
      const { statusCode } = response
      if (statusCode < 300) return { response, way }
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
      // "Not found" and "forbidden" are valid responses.
      if (statusCode !== 401 && !(await this.isRight(way, sent.signal)) && tries < MAX_RETRIES) continue
      throw statusError(statusCode, words, this.subject())
    }
  }

  private async attempt(sent: Sent, login: Login, way: Way): Promise<Dispatcher.ResponseData> {
    const { method, path, query, accept, body, contentType = 'application/json', signal } = sent
    const response = await request(requestUrl(this.source.server, path, query), {
      method,
      dispatcher: sent.over ?? this.dispatcher(login),
      opaque: way,
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
    return { ...response, opaque: null }
  }

  /** One agent for each set of certificates and proxy; open requests end on the old one. */
  private dispatcher(login: Login): Dispatcher {
    const key = keyOf(login.tls, login.proxyUrl)
    if (this.agent?.key === key) return this.agent.dispatcher
    void this.agent?.dispatcher.close().catch(() => undefined)
    const dispatcher = countedDispatcher(login)
    this.agent = { key, dispatcher }
    return dispatcher
  }

  /**
   * Checks which cluster is behind a response's connection, unless known; uses a new connection if the other end keeps
   * none.
   * @returns false if the connection is lost, which says nothing about the response
   * @throws KubeError `cluster-changed`
   */
  private async isRight(way: Way, signal: AbortSignal): Promise<boolean> {
    if (this.uid === undefined || way.isChecked) return true
    const { client, isLast } = way
    if (!client || !(way.isOpen || isLast)) return false
    try {
      const login = await this.source.login()
      const url = requestUrl(this.source.server, KUBE_SYSTEM, {})
      const times = { headersTimeout: HEADERS_MS, bodyTimeout: HEADERS_MS }
      const dispatcher = isLast ? this.dispatcher(login) : client
      const response = await request(url, { dispatcher, headers: login.headers, signal, ...times })
      const text = await response.body.text()
      if (!way.isOpen && !isLast) return false
      const key = keyOf(login.tls, login.proxyUrl)
      // Without the right to read it, the certificates must stay the same.
      const mayNotKnow = response.statusCode === 403 && (this.checkedWith === '' || this.checkedWith === key)
      if (response.statusCode === 200) this.expect(uidSchema.parse(JSON.parse(text)).metadata.uid)
      else if (!mayNotKnow) return false
      this.checkedWith = key
      if (!isLast) way.check()
      return true
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof KubeError) throw error
      return false
    }
  }

  private expect(uid: string): void {
    if (uid !== this.uid) throw this.otherCluster(uid)
  }

  private unstable(): KubeError {
    const { server } = this.source
    const reason = msg('reason-closed')
    return new KubeError('unreachable', msg('unreachable', { server, reason }))
  }

  /** @throws KubeError `cluster-changed`; nothing if reading it is forbidden */
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
    return new KubeError('cluster-changed', msg('api-other-cluster', { server, uid: this.uid ?? '', found }), {
      server,
      expected: this.uid ?? '',
      found,
    })
  }

  private subject(): RequestSubject {
    const { server, name, user, origin } = this.source
    return { server, cluster: name, user, origin }
  }
}

/** Discards an unread response with its connection. */
function discard({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => undefined).destroy()
}

const KUBE_SYSTEM = '/api/v1/namespaces/kube-system'
const uidSchema = z.looseObject({ metadata: z.looseObject({ uid: z.string() }) })

function keyOf(tls: Login['tls'], proxyUrl: string | undefined): string {
  const hash = createHash('sha256')
  for (const part of [tls.ca, tls.cert, tls.key, tls.servername, String(tls.rejectUnauthorized), proxyUrl])
    hash.update(part ?? '').update('\0')
  return hash.digest('hex')
}
