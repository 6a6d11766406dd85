/** One MCP client session, reopened as needed until it is closed: requests run on it or wait for it. */
import { msg } from '#shared/messages/create'
import type { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import { McpUnavailableError, SessionLostError, faultOf, reasonOf } from '../errors'
import { callSignal } from './call-signal'
import { DEFAULT_TIMING } from './options'
import type { SessionOptions, SessionStatus, SessionTiming } from './options'
import { SessionRunner } from './runner'
import type { ReadyLink } from './runner'
import { publicState } from './state'
import type { RequestKind } from './state'

/** @param options aborts the request when it is stopped or its session is lost; time limit in milliseconds */
export type McpRequest<T> = (client: Client, options: { signal: AbortSignal; timeout: number }) => Promise<T>

export interface RequestOptions {
  kind: RequestKind
  signal: AbortSignal
  timeoutMs?: number
}

export class McpSession {
  private readonly timing: SessionTiming
  private readonly runner: SessionRunner
  private readonly listeners = new Set<() => void>()
  private lastCall = 0

  constructor(private readonly options: SessionOptions) {
    this.timing = { ...DEFAULT_TIMING, ...options.timing }
    const notify = () => this.listeners.forEach((listener) => listener())
    const describe = () => ({ ...this.status(), failures: this.runner.state.history.failures })
    this.runner = new SessionRunner(options, this.timing, notify, describe)
  }

  /** Opens the session and keeps it until `close`. Never throws: the status reports errors. */
  start(): void {
    this.runner.start()
  }

  status(): SessionStatus {
    const { state } = this.runner
    const { reason, since, tools, opened } = state.history
    const server = this.runner.ready()?.connection.client.getServerVersion()
    const problem = this.options.credentials?.problem
    const why = problem ?? reason
    return {
      state: problem === undefined ? publicState(state, this.timing) : 'down',
      transport: this.options.endpoint.transport,
      ...(server && { server: { name: server.name, version: server.version } }),
      ...(why !== undefined && { reason: why }),
      tools: tools.length,
      sessions: opened,
      since: Math.round(performance.timeOrigin + since),
    }
  }

  /** The tools as last listed; kept while reconnecting. */
  listedTools(): readonly Tool[] {
    return this.runner.state.history.tools
  }

  /** Called when the state or the list of tools has changed. */
  onChange(listener: () => void): void {
    this.listeners.add(listener)
  }

  /**
   * Runs a request, waiting for a session that is being opened.
   * @throws the signal's reason when aborted; McpUnavailableError without a session; SessionLostError if it was lost
   * during the request; otherwise the SDK's error
   */
  async request<T>(run: McpRequest<T>, options: RequestOptions): Promise<T> {
    const { kind, signal, timeoutMs: timeout = this.timing.callMs } = options
    let ready = await this.usable(signal)
    // Another call may have ended it meanwhile: nothing was sent yet.
    while (ready.connection.signal.aborted) ready = await this.usable(signal)
    const { link, connection } = ready
    const call = ++this.lastCall
    this.runner.dispatch({ type: 'call-started', link, call, kind })
    const either = callSignal(signal, connection.signal)
    const endWrite = kind === 'write' ? this.runner.program?.holdForWrite() : undefined
    const ended = () => {
      either.release()
      endWrite?.()
    }
    try {
      const result = await run(connection.client, { signal: either.signal, timeout }).finally(ended)
      this.runner.dispatch({ type: 'call-answered', link, call })
      return result
    } catch (error) {
      if (signal.aborted) this.runner.dispatch({ type: 'call-stopped', link, call })
      signal.throwIfAborted()
      const reason = reasonOf(error)
      const failed = { type: 'call-failed', link, call, kind, fault: faultOf(error), reason } as const
      switch (await this.runner.failed(failed)) {
        case 'hand-on':
          throw error
        case 'repeat':
          return await this.request(run, { ...options, kind: 'single-read' })
        case 'lost':
          throw new SessionLostError(this.runner.state.history.reason ?? reason, error)
      }
    }
  }

  /**
   * Waits for a session that is being opened.
   * @throws McpUnavailableError if there is none after a while
   */
  async untilReady(signal: AbortSignal): Promise<void> {
    await this.usable(signal)
  }

  /**
   * Opens a new session at once, even if this one works, unless it runs a write. Resolves when ready.
   * @throws McpUnavailableError
   */
  async reconnect(signal: AbortSignal): Promise<void> {
    this.runner.dispatch({ type: 'reconnect-requested' })
    await this.ready(signal)
  }

  /** Closes the session and its child process permanently. */
  async close(): Promise<void> {
    await this.runner.stop()
  }

  /** A session whose server has the current credentials, unless it still runs another call's write. */
  private async usable(signal: AbortSignal): Promise<ReadyLink> {
    const credentials = await this.options.credentials?.fresh().catch((error: unknown) => {
      throw new McpUnavailableError(reasonOf(error))
    })
    if (credentials !== undefined) this.runner.dispatch({ type: 'credentials-renewed', credentials })
    return await this.ready(signal)
  }

  private async ready(signal: AbortSignal): Promise<ReadyLink> {
    signal.throwIfAborted()
    if (!this.runner.ready()) {
      const waiting = this.runner.callers.wait(this.timing.waitMs, signal)
      this.runner.dispatch({ type: 'wanted' })
      await waiting
    }
    const ready = this.runner.ready()
    if (ready) return ready
    const { reason = msg('mcp-not-connected') } = this.runner.state.history
    throw new McpUnavailableError(msg('mcp-unreachable', { reason }))
  }
}
