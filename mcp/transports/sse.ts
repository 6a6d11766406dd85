/** HTTP+SSE: `GET /sse` opens or resumes a session, `POST /messages?sessionId=` sends to it. */
import { JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { Exchange, Route } from './http-server'
import { readBody, respond } from './respond'
import { RECOVERY_HEADER, SseSession } from './sse-session'

export interface SseOptions {
  /** Connects the MCP server of a new session. */
  connect: (transport: Transport) => Promise<unknown>
  maxSessions: number
  /** How long a session without a stream is kept, in milliseconds. */
  keepMs?: number
  keepAliveMs?: number
}

const KEEP_ALIVE_MS = 15_000
const MESSAGES = '/messages'

export class SseEndpoint {
  readonly routes: readonly Route[] = [
    { path: '/sse', methods: ['GET'], handle: (exchange) => this.open(exchange) },
    { path: MESSAGES, methods: ['POST'], handle: (exchange) => this.post(exchange) },
  ]
  private readonly sessions = new Map<string, SseSession>()
  private readonly keepAlive: NodeJS.Timeout

  constructor(private readonly options: SseOptions) {
    this.keepAlive = setInterval(() => {
      for (const session of this.sessions.values()) session.keepAlive()
    }, options.keepAliveMs ?? KEEP_ALIVE_MS).unref()
  }

  get size(): number {
    return this.sessions.size
  }

  async close(): Promise<void> {
    clearInterval(this.keepAlive)
    await Promise.all([...this.sessions.values()].map((session) => session.close()))
  }

  private async open({ request, response, url, caller }: Exchange): Promise<void> {
    const id = url.searchParams.get('sessionId')
    if (id !== null) {
      const session = this.sessions.get(id)
      const recovery = request.headers[RECOVERY_HEADER.toLowerCase()]
      const mayResume = session?.mayResume(caller, typeof recovery === 'string' ? recovery : undefined)
      if (!mayResume || !session?.attach(response, eventId(request.headers['last-event-id']))) unknownSession(response)
      return
    }
    if (this.sessions.size >= this.options.maxSessions && !this.makeRoom())
      return respond(response, 503, 'Too many sessions', { 'Retry-After': '5' })
    const session = new SseSession(caller, MESSAGES, this.options.keepMs)
    this.sessions.set(session.sessionId, session)
    await this.options.connect(session)
    // Must follow `connect`, which sets its own handler.
    const closed = session.onclose
    session.onclose = () => {
      this.sessions.delete(session.sessionId)
      closed?.()
    }
    session.attach(response)
  }

  private async post({ request, response, url, caller }: Exchange): Promise<void> {
    const session = this.sessions.get(url.searchParams.get('sessionId') ?? '')
    if (!session?.belongsTo(caller)) return unknownSession(response)
    // Web pages can send other content types without a preflight request.
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
      return respond(response, 415, 'Content-Type must be application/json')
    const body = await readBody(request)
    if (body === undefined) return respond(response, 413, 'The message is larger than 4 MiB', { Connection: 'close' })
    const message = parseMessage(body)
    if (!message) return respond(response, 400, 'The body is not a JSON-RPC message')
    const received = eventId(request.headers['last-event-id'])
    if (received !== undefined) session.acknowledge(received)
    session.receive(message)
    respond(response, 202, 'Accepted')
  }

  /** Ends the session that has been without a stream for the longest time, if any. */
  private makeRoom(): boolean {
    const idle = [...this.sessions.values()].find((session) => !session.hasStream)
    void idle?.close()
    return idle !== undefined
  }
}

/** Same response for unknown sessions and those of another caller. */
function unknownSession(response: Exchange['response']): void {
  respond(response, 404, 'Session not found')
}

function eventId(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined
}

function parseMessage(body: string): JSONRPCMessage | undefined {
  try {
    return JSONRPCMessageSchema.parse(JSON.parse(body))
  } catch {
    return undefined
  }
}
