/** Connections that can be told apart, so that each is checked by itself: an answer counts by the way it came. */
import { Agent, Client, Pool, ProxyAgent } from 'undici'
import type { Dispatcher } from 'undici'
import type { Login } from './credentials'

/** In milliseconds. */
const CONNECT_MS = 8_000

/** Holds one connection at a time; one that broke is made again and is another one then. */
export class CountedClient extends Client {
  /** Connections so far. */
  connections = 0
  /** Number of the connection that was found to lead to the right cluster. */
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

/** The way of one request, which is sent along as its `opaque`. */
export class Way {
  client: CountedClient | undefined
  /** The other end closes the connection after this answer, as some proxies always do: nothing more can be asked there. */
  isLast = false
  private connection = 0

  /** To be called when the head of the answer is there. */
  answered({ connection }: Dispatcher.ResponseData['headers']): void {
    this.connection = this.client?.connections ?? 0
    this.isLast = connection === 'close'
  }

  get isChecked(): boolean {
    return this.client !== undefined && this.client.checked === this.connection
  }

  /** The connection is still the one over which the answer came. */
  get isOpen(): boolean {
    return this.client !== undefined && this.client.connections === this.connection
  }

  check(): void {
    if (this.client) this.client.checked = this.connection
  }
}

/** @param connections at most so many at once; no limit if absent */
export function countedDispatcher({ tls, proxyUrl }: Login, connections?: number): Dispatcher {
  // Over HTTP/2 the API server ends a connection (GOAWAY) after a request that it could not authenticate, and with it
  // whatever else is under way there.
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
