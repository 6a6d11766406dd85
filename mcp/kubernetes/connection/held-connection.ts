/** One connection with one login, for a write and the checks before it. */
import { msg } from '../../../shared/messages/create'
import { createHash, X509Certificate } from 'node:crypto'
import { buildConnector, Client, ProxyAgent, request } from 'undici'
import type { Dispatcher } from 'undici'
import { z } from 'zod'
import { parseAnswer, plainHeaders, readBody, readStatus, warningsOf } from './answers'
import type { Login } from './credentials'
import { KubeError } from '../errors/errors'
import { connectionError, isBeforeSending } from '../errors/connection-error'
import { statusError, writeError } from '../errors/status-error'
import type { RequestSubject } from '../errors/errors'
import type {
  ForwardedAnswer,
  ForwardedRequest,
  GetOptions,
  HeldClient,
  SendAnswer,
  SendOptions,
  WriteMethod,
} from '../types'

const CONNECT_MS = 8_000
const READ_MS = 25_000
/** An API server gives up after 60 s; until then a write's response may still arrive. */
const WRITE_MS = 65_000

export class HeldConnection implements HeldClient {
  readonly subject: string
  private readonly dispatcher: Dispatcher

  /** Connects with the first request. */
  constructor(
    private readonly login: Login,
    private readonly about: RequestSubject,
  ) {
    this.subject = subjectHash(login)
    this.dispatcher = singleConnection(about.server, login)
  }

  async get<T>(path: string, { query, accept, schema, signal }: GetOptions<T>): Promise<T> {
    return this.read(path, { method: 'GET', accept }, { query, schema, signal })
  }

  async post<T>(path: string, body: unknown, { query, accept, schema, signal }: GetOptions<T>): Promise<T> {
    return this.read(path, { method: 'POST', accept, body: JSON.stringify(body) }, { query, schema, signal })
  }

  async send<T>(method: WriteMethod, path: string, options: SendOptions<T>): Promise<SendAnswer<T>> {
    const { query, contentType = 'application/json', body, schema, signal } = options
    signal.throwIfAborted()
    const headers = { ...this.headers(), 'Content-Type': contentType }
    // Not the caller's signal: a started write is followed to its end.
    const sent = { method, headers, body: body === undefined ? null : JSON.stringify(body), ...timeouts(WRITE_MS) }
    let response: Dispatcher.ResponseData
    try {
      response = await this.request(path, query, sent)
    } catch (error) {
      if (isBeforeSending(error)) throw connectionError(error, this.about)
      throw unknownOutcome(error, this.about)
    }
    if (response.statusCode >= 300) throw writeError(response.statusCode, await readStatus(response), this.about)
    const warnings = warningsOf(response.headers)
    try {
      const data = parseAnswer(await readBody(response.body, this.about), schema, this.about.server)
      return { data, warnings }
    } catch (error) {
      throw unknownOutcome(error, this.about)
    }
  }

  async forward({ method, path, headers, body, signal }: ForwardedRequest): Promise<ForwardedAnswer> {
    signal.throwIfAborted()
    const sent = { method, headers: { ...headers, ...this.login.headers }, body: body ?? null, ...timeouts(WRITE_MS) }
    try {
      const response = await request(this.about.server + path, { ...sent, dispatcher: this.dispatcher })
      return { status: response.statusCode, headers: plainHeaders(response.headers), body: response.body }
    } catch (error) {
      throw isBeforeSending(error) ? connectionError(error, this.about) : unknownOutcome(error, this.about)
    }
  }

  async close(): Promise<void> {
    await this.dispatcher.destroy()
  }

  private async read<T>(
    path: string,
    {
      method,
      accept = 'application/json',
      body,
    }: { method: 'GET' | 'POST'; accept?: string | undefined; body?: string },
    { query, schema, signal }: GetOptions<T>,
  ): Promise<T> {
    const headers = { ...this.headers(), Accept: accept, ...(body !== undefined && { 'Content-Type': accept }) }
    let response: Dispatcher.ResponseData
    try {
      response = await this.request(path, query, { method, headers, body: body ?? null, signal, ...timeouts(READ_MS) })
    } catch (error) {
      signal.throwIfAborted()
      throw connectionError(error, this.about)
    }
    if (response.statusCode >= 300) throw statusError(response.statusCode, await readStatus(response), this.about)
    return parseAnswer(await readBody(response.body, this.about, signal), schema, this.about.server)
  }

  private request(
    path: string,
    query: GetOptions<unknown>['query'],
    options: RequestOptions,
  ): Promise<Dispatcher.ResponseData> {
    return request(requestUrl(this.about.server, path, query), { ...options, dispatcher: this.dispatcher })
  }

  private headers() {
    return { ...this.login.headers, Accept: 'application/json', 'User-Agent': 'k8s-ai-assistant-mcp' }
  }
}

type RequestOptions = Pick<
  Dispatcher.RequestOptions,
  'method' | 'headers' | 'body' | 'headersTimeout' | 'bodyTimeout'
> & {
  signal?: AbortSignal
}

function timeouts(ms: number) {
  return { headersTimeout: ms, bodyTimeout: ms }
}

export function requestUrl(server: string, path: string, query: GetOptions<unknown>['query'] = {}): URL {
  const url = new URL(server + path)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value))
  return url
}

function unknownOutcome(error: unknown, subject: RequestSubject): KubeError {
  const { detail, raw } = connectionError(error, subject)
  return new KubeError(
    'unknown-outcome',
    msg('api-no-answer-to-change', { error: detail }),
    { server: subject.server },
    raw,
  )
}

/** A dispatcher that connects only once: after a lost connection, requests fail before anything is sent. */
function singleConnection(server: string, { tls, proxyUrl }: Login): Dispatcher {
  const { origin } = new URL(server)
  const limits = { pipelining: 1, allowH2: false }
  if (proxyUrl === undefined)
    return new Client(origin, {
      ...limits,
      connect: once(buildConnector({ ...tls, allowH2: false, timeout: CONNECT_MS })),
    })
  return new ProxyAgent({
    uri: proxyUrl,
    requestTls: tls,
    allowH2: false,
    // undici creates these, each with the connector for the proxy.
    factory: (to, options) => {
      const { connect } = connectorSchema.parse(options)
      return new Client(to, { ...limits, connect: once(connect) })
    },
  })
}

const connectorSchema = z.looseObject({
  connect: z.custom<buildConnector.connector>((value) => typeof value === 'function'),
})

function once(connect: buildConnector.connector): buildConnector.connector {
  let used = false
  return (options, callback) => {
    if (used) {
      callback(new ConnectionLostError(), null)
      return
    }
    used = true
    connect(options, callback)
  }
}

class ConnectionLostError extends Error {
  readonly code = 'CONNECTION_LOST'
  constructor() {
    super('the connection was lost before the request was sent')
  }
}

/** Stays the same when a user's token is renewed, as far as the credentials tell. */
function subjectHash({ headers, tls }: Login): string {
  return createHash('sha256').update(subjectText(headers, tls)).digest('hex').slice(0, 32)
}

function subjectText(headers: Login['headers'], tls: Login['tls']): string {
  const impersonated = headers['Impersonate-User']
  if (impersonated !== undefined) return `as ${String(impersonated)}`
  const [scheme = '', value = ''] = String(headers.Authorization ?? '').split(' ')
  if (/^bearer$/i.test(scheme)) return jwtSubject(value) ?? `token ${value}`
  if (/^basic$/i.test(scheme)) return `user ${Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? ''}`
  return tls.cert === undefined ? 'anonymous' : `certificate ${certificateSubject(tls.cert)}`
}

function certificateSubject(certificate: string | Buffer): string {
  try {
    return new X509Certificate(certificate).subject
  } catch {
    return String(certificate)
  }
}

const claimsSchema = z.object({ iss: z.string().optional(), sub: z.string() })

function jwtSubject(token: string): string | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    const { iss = '', sub } = claimsSchema.parse(payload)
    return `jwt ${iss} ${sub}`
  } catch {
    return undefined
  }
}
