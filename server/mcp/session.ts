/**
 * The one MCP client session of the process, kept and healed: `connecting → ready → reconnecting → down`.
 *
 * Each connection has its own SDK client and transport; both are thrown away when it is lost, since the SDK neither
 * initialises again after a 404 (typescript-sdk#1708) nor fails the calls in flight of a lost SSE stream. A stream that
 * breaks is resumed by `./resumable-sse` if the server offers that, as ours does, and then nothing is lost here. Any other
 * server is never asked for `?sessionId=`: a restarted mcp-server-kubernetes ignores the id, and a second stream ends it.
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import type { jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js'
import { setTimeout as delay } from 'node:timers/promises'
import type { McpState } from '#shared/health'
import { McpUnavailableError, SessionLostError, faultOf, isLateReply, plainWords, wordsOf } from './errors'
import { LastWords } from './last-words'
import { DEFAULT_TIMING } from './session-options'
import type { SessionOptions, SessionStatus, SessionTiming } from './session-options'
import { openTransport } from './transport'
import { within } from './within'

interface Connection {
  client: Client
  /** Aborted when the connection is lost, so that its calls fail at once instead of hanging. */
  lost: AbortController
  /** It has answered a request, or stood for a while: its loss is the first failure, and not one more. */
  steady: boolean
  /** Which credentials the server was started with: see SessionCredentials. */
  credentials: number
  /** When a call was not answered in time, and nothing was heard since; by performance.now(). */
  silentSince: number | undefined
}

export class McpSession {
  private readonly timing: SessionTiming
  private state: McpState = 'connecting'
  private reason: string | undefined
  private since = Date.now()
  private connection: Connection | undefined
  /** The one that is being opened, so that `close` need not wait for it. */
  private opening: Connection | undefined
  private building: Promise<void> | undefined
  private wake = new AbortController()
  private closed = false
  private sessions = 0
  /** Failures in a row, of opening or of sessions that were lost before they were steady. */
  private failures = 0
  private lastClosedAt = 0
  private inFlight = 0
  /** Of those, the ones that must not be repeated. */
  private writesInFlight = 0
  private tools: Tool[] = []
  private pinger: NodeJS.Timeout | undefined
  private readonly waiting = new Set<() => void>()
  private readonly toolListeners = new Set<() => void>()
  private readonly changeListeners = new Set<() => void>()

  constructor(private readonly options: SessionOptions) {
    this.timing = { ...DEFAULT_TIMING, ...options.timing }
  }

  /** Opens the session and keeps it until `close`. Never throws: the status tells. */
  start(): void {
    this.build()
    this.pinger = setInterval(() => void this.probe(), this.timing.pingEveryMs)
    this.pinger.unref()
  }

  status(): SessionStatus {
    const server = this.connection?.client.getServerVersion()
    const problem = this.options.credentials?.problem
    return {
      state: problem === undefined ? this.state : 'down',
      transport: this.options.endpoint.transport,
      ...(server && { server: { name: server.name, version: server.version } }),
      ...((problem ?? this.reason) !== undefined && { reason: problem ?? this.reason }),
      tools: this.tools.length,
      sessions: this.sessions,
      since: this.since,
    }
  }

  /** The tools as last listed; kept while reconnecting. */
  listedTools(): readonly Tool[] {
    return this.tools
  }

  onToolsListed(listener: () => void): void {
    this.toolListeners.add(listener)
  }

  /** Called when the state or the list of tools has changed. */
  onChange(listener: () => void): void {
    this.changeListeners.add(listener)
  }

  /**
   * Runs a request on the session, waiting for one that is being built.
   * @param retry run it once more on a new session when the first was lost under it: for reads only
   * @throws the signal's reason when aborted; McpUnavailableError when there is no session; SessionLostError when it was
   *   lost under the request; else what the SDK throws
   */
  async request<T>(
    run: (client: Client, options: { signal: AbortSignal; timeout: number }) => Promise<T>,
    options: { signal: AbortSignal; timeoutMs?: number; retry: boolean },
  ): Promise<T> {
    let connection = await this.readyWithCredentials(options.signal)
    // Another call may have ended it in the meantime: nothing was sent yet.
    while (connection.lost.signal.aborted) connection = await this.readyWithCredentials(options.signal)
    const signal = AbortSignal.any([options.signal, connection.lost.signal])
    const startedAt = performance.now()
    this.inFlight++
    if (!options.retry) this.writesInFlight++
    try {
      const result = await run(connection.client, { signal, timeout: options.timeoutMs ?? this.timing.callMs })
      connection.silentSince = undefined
      this.becomeSteady(connection)
      return result
    } catch (error) {
      options.signal.throwIfAborted()
      const lost = connection.lost.signal.aborted
      const fault = faultOf(error)
      if (fault === 'call') connection.silentSince = undefined
      if (!lost && fault === 'timeout') this.notAnswered(connection, startedAt, options.retry)
      if (!lost && fault !== 'session') throw error
      if (!lost) this.lose(connection, wordsOf(error))
      if (options.retry) return await this.request(run, { ...options, retry: false })
      throw new SessionLostError(this.reason ?? wordsOf(error), error)
    } finally {
      this.inFlight--
      if (!options.retry) this.writesInFlight--
    }
  }

  /** Waits for a session that is being built. Throws McpUnavailableError where there is none after a while. */
  async untilReady(signal: AbortSignal): Promise<void> {
    await this.readyWithCredentials(signal)
  }

  /**
   * Builds the session anew at once, also where it seems well, but for one in which a write is under way: whoever asks for
   * this must not cut somebody's change short. Resolves when ready; throws McpUnavailableError.
   */
  async reconnect(signal: AbortSignal): Promise<void> {
    if (this.connection && this.writesInFlight === 0) this.lose(this.connection, 'reconnect was asked for')
    await this.ready(signal)
  }

  /** Ends the session and its child process, for good. */
  async close(): Promise<void> {
    this.closed = true
    clearInterval(this.pinger)
    this.wake.abort()
    const connection = this.connection
    this.connection = undefined
    const closing = new Error('the session is closed')
    connection?.lost.abort(closing)
    this.opening?.lost.abort(closing)
    await this.building?.catch(() => undefined)
    await connection?.client.close().catch(() => undefined)
    this.setState('down', 'closed')
  }

  /** A session whose server certainly has the credentials of now, unless a write of another call still runs on it. */
  private async readyWithCredentials(signal: AbortSignal): Promise<Connection> {
    const newest = await this.options.credentials?.fresh().catch((error: unknown) => {
      throw new McpUnavailableError(wordsOf(error))
    })
    const { connection } = this
    if (newest !== undefined && connection && connection.credentials < newest && this.writesInFlight === 0) {
      // Our doing, and no failure of the server.
      connection.steady = true
      this.lose(connection, 'the credentials were renewed')
    }
    return await this.ready(signal)
  }

  private async ready(signal: AbortSignal): Promise<Connection> {
    signal.throwIfAborted()
    if (!this.connection) {
      this.build()
      this.wakeUp()
      await this.stateChanges(signal)
    }
    if (this.connection) return this.connection
    throw new McpUnavailableError(`The MCP server cannot be reached: ${this.reason ?? 'not connected yet'}`)
  }

  /** Waits until ready, until the next attempt has failed while down, or for the set time. */
  private async stateChanges(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(done, this.timing.waitMs)
      const waiting = this.waiting
      function done(): void {
        clearTimeout(timer)
        waiting.delete(done)
        signal.removeEventListener('abort', aborted)
        resolve()
      }
      function aborted(): void {
        done()
        reject(signal.reason)
      }
      signal.addEventListener('abort', aborted, { once: true })
      waiting.add(done)
    })
    signal.throwIfAborted()
  }

  private setState(state: McpState, reason?: string): void {
    if (this.state !== state) this.since = Date.now()
    this.state = state
    this.reason = reason
    if (state === 'ready' || state === 'down') for (const done of [...this.waiting]) done()
    this.changed()
  }

  private wakeUp(): void {
    this.wake.abort()
    this.wake = new AbortController()
  }

  /** Single-flight: one attempt at a time, however many ask. */
  private build(): void {
    if (this.closed || this.connection || this.building) return
    this.building = this.buildUntilReady().finally(() => (this.building = undefined))
  }

  private async buildUntilReady(): Promise<void> {
    while (!this.closed) {
      if (this.failures > 0) await this.rest()
      await this.gapAfterClose()
      if (this.closed) return
      try {
        return this.begin(await this.open())
      } catch (error) {
        this.failures++
        this.setState(this.brokenState(), wordsOf(error))
        const { failures, state, reason } = this
        this.options.log.warn({ reason, failures, state }, 'MCP session could not be opened')
      }
    }
  }

  private begin(connection: Connection): void {
    if (this.closed) return void connection.client.close().catch(() => undefined)
    this.connection = connection
    this.sessions++
    this.setState('ready')
    setTimeout(() => this.becomeSteady(connection), this.timing.steadyMs).unref()
    this.options.log.info({ ...this.status() }, 'MCP session ready')
  }

  private becomeSteady(connection: Connection): void {
    if (this.connection !== connection) return
    connection.steady = true
    this.failures = 0
  }

  private brokenState(): McpState {
    if (this.failures >= this.timing.attempts) return 'down'
    return this.sessions === 0 ? 'connecting' : 'reconnecting'
  }

  /** Until the next attempt is due, or somebody asks. */
  private async rest(): Promise<void> {
    const wake = this.wake.signal
    await delay(this.pause(this.failures), undefined, { signal: wake, ref: false }).catch(() => undefined)
  }

  /** Exponential, with jitter so that several replicas do not knock at the same moment. */
  private pause(failures: number): number {
    const { attempts, slowMs, backoffMs, backoffMaxMs } = this.timing
    if (failures >= attempts) return slowMs
    return Math.min(backoffMaxMs, backoffMs * 2 ** (failures - 1)) * (0.75 + Math.random() / 2)
  }

  private async gapAfterClose(): Promise<void> {
    if (this.options.endpoint.transport !== 'sse') return
    const left = this.lastClosedAt + this.timing.sseGapMs - Date.now()
    if (left > 0) await delay(left)
  }

  private async open(): Promise<Connection> {
    const { endpoint, clientInfo, log } = this.options
    const client = new Client(clientInfo, { jsonSchemaValidator: NO_VALIDATION })
    const lost = new AbortController()
    const fresh = (await this.options.credentials?.fresh()) ?? 0
    const connection: Connection = { client, lost, steady: false, credentials: fresh, silentSince: undefined }
    const last = new LastWords()
    const transport = openTransport(endpoint, (text) => {
      last.hear(text)
      log.debug({ stderr: plainWords(text) }, 'MCP server')
    })
    // Later than the error that the SDK throws when it cannot connect, and than the last that a program writes.
    client.onclose = () => setImmediate(() => this.lose(connection, closedWords(last)))
    client.onerror = (error) => this.heard(connection, error)
    client.setNotificationHandler(ToolListChangedNotificationSchema, async () => {
      await this.listTools(client).catch((error: unknown) => this.heard(connection, error))
    })
    const timeout = this.timing.connectMs
    this.opening = connection
    try {
      // The SDK's own timeout starts with `initialize`; an SSE server that never sends its endpoint is covered by ours.
      const begun = client.connect(transport, { timeout }).then(() => this.listTools(client))
      await within(timeout * 2, begun, 'the MCP server did not answer', connection.lost.signal)
      return connection
    } catch (error) {
      connection.lost.abort(error)
      if (faultOf(error) === 'timeout') this.replaceProgram()
      this.lastClosedAt = Date.now()
      await client.close().catch(() => undefined)
      await transport.close().catch(() => undefined)
      this.lastClosedAt = Date.now()
      // What a program wrote before it ended says more than that it has.
      throw faultOf(error) === 'session' && last.words !== '' ? new Error(closedWords(last)) : error
    } finally {
      this.opening = undefined
    }
  }

  private async listTools(client: Client): Promise<void> {
    const tools: Tool[] = []
    let cursor: string | undefined
    do {
      const page = await client.listTools(cursor ? { cursor } : {}, { timeout: this.timing.connectMs })
      tools.push(...page.tools)
      cursor = page.nextCursor
    } while (cursor && tools.length < MAX_TOOLS)
    this.tools = tools
    for (const listener of this.toolListeners) listener()
    this.changed()
  }

  private changed(): void {
    for (const listener of this.changeListeners) listener()
  }

  /** An error with no request of ours: of the stream, or a late reply to a call that was cancelled, which is none. */
  private heard(connection: Connection, error: unknown): void {
    if (!(error instanceof Error)) return
    if (isLateReply(error)) {
      connection.silentSince = undefined
      return
    }
    this.options.log.debug({ error: wordsOf(error) }, 'MCP client error')
    if (this.connection !== connection) return
    if (this.options.endpoint.transport === 'sse' && faultOf(error) === 'session') this.lose(connection, wordsOf(error))
    else if (this.options.endpoint.transport === 'http' && /stream/i.test(error.message)) void this.probe(true)
  }

  /** The program that gave no answer may hang, and then a new session would get none either. */
  private loseSilent(connection: Connection, reason: string): void {
    if (this.connection === connection) this.replaceProgram()
    this.lose(connection, reason)
  }

  private replaceProgram(): void {
    const { endpoint } = this.options
    if (endpoint.transport !== 'stdio') endpoint.replace?.()
  }

  private lose(connection: Connection, reason: string): void {
    connection.lost.abort(new Error(reason))
    if (this.connection !== connection) return
    this.connection = undefined
    this.lastClosedAt = Date.now()
    if (this.closed) return
    if (!connection.steady) this.failures++
    this.setState(this.brokenState(), reason)
    this.options.log.warn({ reason }, 'MCP session lost')
    const closing = connection.client.close().catch(() => undefined)
    this.building = closing
      .then(() => (this.lastClosedAt = Date.now()))
      .then(() => this.buildUntilReady())
      .finally(() => (this.building = undefined))
  }

  /**
   * A server that hangs is found out now, and not at the next ping. Where questions keep coming no ping is sent: a second
   * call without an answer, begun after the first was given up, says the same. A write that may still run is waited for.
   */
  private notAnswered(connection: Connection, startedAt: number, isRead: boolean): void {
    const { silentSince } = connection
    connection.silentSince ??= performance.now()
    const otherWrites = this.writesInFlight - (isRead ? 0 : 1)
    if (silentSince !== undefined && startedAt >= silentSince && otherWrites === 0)
      this.loseSilent(connection, 'the MCP server answers nothing any more')
    else setImmediate(() => void this.probe())
  }

  /**
   * While a call is in flight, silence says nothing: mcp-server-kubernetes answers nothing while kubectl runs.
   * @param streamBroke that of a call, maybe, which the SDK would let wait for its time although the server is gone
   */
  private async probe(streamBroke = false): Promise<void> {
    const connection = this.connection
    if (!connection || (this.inFlight > 0 && !streamBroke)) return
    try {
      await connection.client.ping({ timeout: this.timing.pingMs })
      connection.silentSince = undefined
    } catch (error) {
      const fault = faultOf(error)
      if (fault === 'session' && (this.inFlight === 0 || streamBroke)) this.lose(connection, `ping: ${wordsOf(error)}`)
      if (fault === 'timeout' && this.inFlight === 0) this.loseSilent(connection, `ping: ${wordsOf(error)}`)
    }
  }
}

/**
 * Results are checked where they are read. The SDK compiles every tool's output schema whenever it lists them, which takes
 * some 15 ms for each tool.
 */
const NO_VALIDATION: jsonSchemaValidator = {
  getValidator: () => () => ({ valid: false, data: undefined, errorMessage: 'Output is not validated here.' }),
}

function closedWords({ words }: LastWords): string {
  return words === '' ? 'the MCP server closed the connection' : `the MCP server ended: ${words}`
}

/** A server with more tools than this is not listed further: none of the model's windows would hold them. */
const MAX_TOOLS = 500
