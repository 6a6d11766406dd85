/** Counts connections, so that each can be checked and matched with its responses. */
import { Agent, Client, Pool, ProxyAgent } from 'undici'
import type { Dispatcher } from 'undici'
import type { Login } from './credentials'

/** In milliseconds. */
const CONNECT_MS = 8_000

/** Holds one connection at a time. A reconnect counts as a new one. */
export class CountedClient extends Client {
  /** Number of connections so far. */
  connections = 0
  /** The connection whose cluster was checked. */
  checked = 0

  constructor(...args: ConstructorParameters<typeof Client>) {
    super(...args)
    this.on('connect', () => this.connections++)
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if ('opaque' in options && options.opaque instanceof Way) options.opaque.client = this
    return super.dispatch(options, handler)
  }
}

/** The path of one request, passed along as its `opaque`. */
export class Way {
  client: CountedClient | undefined
  /** The other end closes the connection after this response, as some proxies always do, so no check can follow. */
  isLast = false
  private connection = 0

  /** Call when the response headers arrive. */
  answered({ connection }: Dispatcher.ResponseData['headers']): void {
    this.connection = this.client?.connections ?? 0
    this.isLast = connection === 'close'
  }

  get isChecked(): boolean {
    return this.client !== undefined && this.client.checked === this.connection
  }

  /** True while the response's connection is still open. */
  get isOpen(): boolean {
    return this.client !== undefined && this.client.connections === this.connection
  }

  check(): void {
    if (this.client) this.client.checked = this.connection
  }
}

/** @param connections maximum number; unlimited if absent */
export function countedDispatcher({ tls, proxyUrl }: Login, connections?: number): Dispatcher {
  // Over HTTP/2 the API server closes a connection (GOAWAY), with all its requests, after an unauthenticated request.
  const kept = { keepAliveTimeout: 50_000, keepAliveMaxTimeout: 600_000, pipelining: 1, allowH2: false }
  const factory = (origin: string | URL, options: object) =>
    new Pool(origin, {
      ...options,
      connections: connections ?? null,
      factory: (to, each) => new CountedClient(to, each),
    })
  return proxyUrl === undefined
    ? new Agent({ connect: { ...tls, timeout: CONNECT_MS }, ...kept, factory })
    : new ProxyAgent({ uri: proxyUrl, requestTls: tls, connectTimeout: CONNECT_MS, ...kept, factory })
}
