/** Streamable HTTP at `/mcp`: a transport of the SDK for each session, its owner, and its idle timeout. */
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { isEqual } from './access'
import { RecentEvents } from './event-store'
import type { Exchange, Route } from './http-server'
import { respond } from './respond'

export interface StreamableOptions {
  /** Connects the MCP server of a new session. */
  connect: (transport: Transport) => Promise<unknown>
  maxSessions: number
  /** `json`: one JSON body for each answer. `events`: a resumable event stream, for links that may break. */
  answers: 'json' | 'events'
  /** How long a session without a request is kept, in milliseconds. */
  idleMs?: number
}

interface Session {
  transport: StreamableHTTPServerTransport
  /** Hash of the token that opened it, empty if none was sent. */
  caller: string
  /** Number of open requests and streams. */
  open: number
  /** When the last request ended, by Date.now(). */
  usedAt: number
}

const IDLE_MS = 10 * 60_000

export class StreamableEndpoint {
  readonly routes: readonly Route[] = [
    { path: '/mcp', methods: ['GET', 'POST', 'DELETE'], handle: (exchange) => this.handle(exchange) },
  ]
  private readonly sessions = new Map<string, Session>()
  private readonly sweeper: NodeJS.Timeout

  constructor(private readonly options: StreamableOptions) {
    const idleMs = options.idleMs ?? IDLE_MS
    this.sweeper = setInterval(() => this.sweep(idleMs), idleMs / 10).unref()
  }

  get size(): number {
    return this.sessions.size
  }

  async close(): Promise<void> {
    clearInterval(this.sweeper)
    await Promise.all([...this.sessions.values()].map(({ transport }) => transport.close()))
  }

  private async handle({ request, response, caller }: Exchange): Promise<void> {
    const id = request.headers['mcp-session-id']
    if (typeof id === 'string') {
      const session = this.sessions.get(id)
      // Same response for unknown sessions and those of another caller.
      if (!session || !isEqual(session.caller, caller)) return rpcError(response, 404, -32001, 'Session not found')
      return await this.pass(session, request, response)
    }
    if (request.method !== 'POST') return rpcError(response, 400, -32000, 'Mcp-Session-Id header is required')
    if (this.sessions.size >= this.options.maxSessions && !this.makeRoom())
      return rpcError(response, 503, -32000, 'Too many sessions')
    const session = await this.create(caller)
    await this.pass(session, request, response)
    // The request was not an `initialize`.
    if (session.transport.sessionId === undefined) await session.transport.close()
  }

  private async create(caller: string): Promise<Session> {
    const { answers, connect } = this.options
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void this.sessions.set(id, session),
      ...(answers === 'json' ? { enableJsonResponse: true } : { eventStore: new RecentEvents() }),
    })
    const session: Session = { transport, caller, open: 0, usedAt: Date.now() }
    await connect(transport)
    // Must follow `connect`, which sets its own handler.
    const closed = transport.onclose
    transport.onclose = () => {
      if (transport.sessionId !== undefined) this.sessions.delete(transport.sessionId)
      closed?.()
    }
    return session
  }

  private async pass(session: Session, request: Exchange['request'], response: ServerResponse): Promise<void> {
    session.open++
    response.once('close', () => {
      session.open--
      session.usedAt = Date.now()
    })
    await session.transport.handleRequest(request, response)
  }

  private sweep(idleMs: number): void {
    const before = Date.now() - idleMs
    for (const { transport, open, usedAt } of this.sessions.values())
      if (open === 0 && usedAt < before) void transport.close()
  }

  /** Ends the session that has been idle for the longest time, if any. */
  private makeRoom(): boolean {
    const unused = [...this.sessions.values()].filter(({ open }) => open === 0)
    const oldest = unused.sort((a, b) => a.usedAt - b.usedAt)[0]
    void oldest?.transport.close()
    return oldest !== undefined
  }
}

function rpcError(response: ServerResponse, status: number, code: number, message: string): void {
  const body = JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null })
  respond(response, status, body, { 'Content-Type': 'application/json' })
}
