/** Forwards reads and dry runs of another program over the kept connections, and returns any response. */
import { request } from 'undici'
import type { Dispatcher } from 'undici'
import { connectionError } from '../errors/connection-error'
import type { KubeError, RequestSubject } from '../errors/errors'
import type { ForwardedAnswer, ForwardedRequest } from '../types'
import { isClosedConnection, plainHeaders } from './answers'
import { Way } from './counted-client'
import type { CredentialSource, Login } from './credentials'

export interface Connections {
  /** Kept for all requests of the client. */
  pool: (login: Login) => Dispatcher
  /** A connection of its own that leads to the right cluster. It must be closed. */
  checked: (signal: AbortSignal) => Promise<Dispatcher>
  isPinned: () => boolean
  /** Whether an answer came from the right cluster. @throws KubeError `cluster-changed` */
  isRight: (way: Way, signal: AbortSignal) => Promise<boolean>
  unstable: () => KubeError
  subject: () => RequestSubject
}

const HEADERS_MS = 25_000
const MAX_RETRIES = 3

interface Exchanged {
  response: Dispatcher.ResponseData
  way: Way
}

export class Forwarder {
  constructor(
    private readonly source: CredentialSource,
    private readonly connections: Connections,
  ) {}

  async forward(sent: ForwardedRequest): Promise<ForwardedAnswer> {
    return isEndless(sent) ? this.streamed(sent) : this.whole(sent)
  }

  private async whole(sent: ForwardedRequest): Promise<ForwardedAnswer> {
    const { pool, isRight, unstable } = this.connections
    for (let tries = 0; ; tries++) {
      const exchanged = await this.exchange(sent, pool).catch((error: unknown) => {
        if (tries > 0 || sent.signal.aborted || !isClosedConnection(error)) throw this.failure(error, sent)
        return undefined
      })
      if (!exchanged) continue
      const { response, way } = exchanged
      const body = await response.body.bytes().catch((error: unknown) => {
        throw this.failure(error, sent)
      })
      if (await isRight(way, sent.signal))
        return { status: response.statusCode, headers: plainHeaders(response.headers), body: once(body) }
      if (tries === MAX_RETRIES) throw unstable()
    }
  }

  /** An answer that is read as it comes cannot be checked afterwards: its connection is checked before. */
  private async streamed(sent: ForwardedRequest): Promise<ForwardedAnswer> {
    const { checked, isPinned, unstable } = this.connections
    const over = await checked(sent.signal)
    try {
      const { response, way } = await this.exchange(sent, () => over)
      if (isPinned() && !way.isChecked && !way.isLast) throw unstable()
      response.body.once('close', () => void over.close())
      return { status: response.statusCode, headers: plainHeaders(response.headers), body: response.body }
    } catch (error) {
      void over.destroy()
      throw this.failure(error, sent)
    }
  }

  /** Retries with renewed credentials after a 401. */
  private async exchange(sent: ForwardedRequest, over: (login: Login) => Dispatcher): Promise<Exchanged> {
    const { method, path, headers, body, signal } = sent
    for (let renewed = false; ; renewed = true) {
      const login = await this.source.login()
      const way = new Way()
      const response = await request(this.source.server + path, {
        ...{ method, dispatcher: over(login), opaque: way, signal, body: body ?? null },
        headers: { ...headers, ...login.headers },
        ...{ headersTimeout: HEADERS_MS, bodyTimeout: 0 },
      })
      if (response.statusCode === 401 && !renewed) {
        this.source.renew()
        await response.body.dump()
        continue
      }
      way.answered(response.headers)
      // undici closes the connection after a DELETE with a body.
      if (method === 'DELETE' && body !== undefined) way.isLast = true
      return { response: { ...response, opaque: null }, way }
    }
  }

  private failure(error: unknown, { signal }: ForwardedRequest): unknown {
    signal.throwIfAborted()
    return connectionError(error, this.connections.subject())
  }
}

/** A watch, or a log that is followed. */
function isEndless({ path }: ForwardedRequest): boolean {
  const query = new URLSearchParams(path.split('?')[1])
  return ['watch', 'follow'].some((name) => query.has(name) && query.get(name) !== 'false')
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes
}
