/** Performs the session state machine's effects and feeds it events. Makes no decisions. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { isLateReply, faultOf, reasonOf } from '../errors'
import type { SessionOptions, SessionTiming } from './options'
import { Callers } from './callers'
import { Connection } from '../connection/connection'
import { reduce } from './reduce'
import type { SharedProgram } from './shared-program'
import { initialState } from './state'
import type { SessionEffect, SessionEvent, SessionState, Verdict } from './state'

export interface ReadyLink {
  link: number
  connection: Connection
}

export class SessionRunner {
  state: SessionState = initialState(performance.now())
  readonly callers = new Callers()
  private readonly events: SessionEvent[] = []
  private isReducing = false
  private readonly connections = new Map<number, Connection>()
  /** Connections being opened or closed. */
  private readonly working = new Set<Promise<void>>()
  private readonly verdicts = new Map<number, (verdict: Verdict) => void>()
  private attempt: NodeJS.Timeout | undefined
  private steady: NodeJS.Timeout | undefined
  private pings: NodeJS.Timeout | undefined

  /**
   * @param notify called when the state or the list of tools has changed
   * @param describe fields for the log
   */
  constructor(
    private readonly options: SessionOptions,
    private readonly timing: SessionTiming,
    private readonly notify: () => void,
    private readonly describe: () => object,
  ) {}

  start(): void {
    this.dispatch({ type: 'start' })
    this.pings = setInterval(() => this.dispatch({ type: 'ping-due' }), this.timing.pingEveryMs).unref()
  }

  ready(): ReadyLink | undefined {
    if (this.state.phase !== 'ready') return undefined
    const { link } = this.state
    const connection = this.connections.get(link)
    return connection && { link, connection }
  }

  /** Sequential, also if an effect causes another event. */
  dispatch(event: SessionEvent): void {
    this.events.push(event)
    if (this.isReducing) return
    this.isReducing = true
    try {
      for (let next = this.events.shift(); next; next = this.events.shift()) {
        const { transport } = this.options.endpoint
        const context = { now: performance.now(), timing: this.timing, transport, isOwn: this.program !== undefined }
        const { state, effects } = reduce(this.state, next, context)
        this.state = state
        for (const effect of effects) this.perform(effect)
      }
    } finally {
      this.isReducing = false
    }
  }

  /** Set if the server is a program of ours. */
  get program(): SharedProgram | undefined {
    const { endpoint } = this.options
    return endpoint.transport === 'stdio' ? undefined : endpoint.program
  }

  /** Decides about a failed call. */
  failed(event: Extract<SessionEvent, { type: 'call-failed' }>): Promise<Verdict> {
    const { promise, resolve } = Promise.withResolvers<Verdict>()
    this.verdicts.set(event.call, resolve)
    this.dispatch(event)
    return promise
  }

  /** Resolves when every connection and its program have ended. */
  async stop(): Promise<void> {
    this.dispatch({ type: 'stop' })
    await Promise.all(this.working)
  }

  private perform(effect: SessionEffect): void {
    switch (effect.type) {
      case 'open':
        return this.work(this.open(effect.link))
      case 'discard':
        return this.work(this.discard(effect.link, effect.reason))
      case 'replace-program':
        return this.program?.replace()
      case 'list-tools':
        return void this.listTools(effect.link)
      case 'ping':
        return void this.ping(effect.link, effect.streamBroke)
      case 'schedule-attempt': {
        const ms = Math.max(effect.atLeastMs, effect.ms * (0.75 + Math.random() / 2))
        clearTimeout(this.attempt)
        this.attempt = setTimeout(() => this.dispatch({ type: 'attempt-due' }), ms).unref()
        return
      }
      case 'schedule-steady': {
        const { link, ms } = effect
        clearTimeout(this.steady)
        this.steady = setTimeout(() => this.dispatch({ type: 'steady-due', link }), ms).unref()
        return
      }
      case 'cancel-timers':
        for (const timer of [this.attempt, this.steady, this.pings]) clearTimeout(timer)
        return
      case 'settle-call':
        this.verdicts.get(effect.call)?.(effect.verdict)
        this.verdicts.delete(effect.call)
        return
      case 'release-callers':
        return this.callers.release()
      case 'notify':
        return this.notify()
      case 'log':
        return this.options.log[effect.level](this.describe(), effect.message)
    }
  }

  private work(work: Promise<void>): void {
    const ended = work.finally(() => this.working.delete(ended))
    this.working.add(ended)
  }

  private async open(link: number): Promise<void> {
    try {
      const credentials = (await this.options.credentials?.fresh()) ?? 0
      if (this.state.phase === 'closed') return
      const connection = new Connection(this.options, this.timing, {
        onClosed: (reason) => this.dispatch({ type: 'closed', link, reason }),
        onError: (error) => this.onError(link, error),
        onListChanged: () => this.dispatch({ type: 'list-changed', link }),
      })
      this.connections.set(link, connection)
      await connection.open((tools) => this.dispatch({ type: 'tools-listed', link, tools }))
      this.dispatch({ type: 'connected', link, credentials })
    } catch (error) {
      this.connections.delete(link)
      this.dispatch({ type: 'connect-failed', link, fault: faultOf(error), reason: reasonOf(error) })
    }
  }

  private async discard(link: number, reason: Message): Promise<void> {
    const connection = this.connections.get(link)
    this.connections.delete(link)
    await connection?.discard(reason)
    this.dispatch({ type: 'discarded', link })
  }

  private async listTools(link: number): Promise<void> {
    try {
      const tools = await this.connections.get(link)?.listTools()
      if (tools) this.dispatch({ type: 'tools-listed', link, tools })
    } catch (error) {
      if (error instanceof Error) this.onError(link, error)
    }
  }

  private async ping(link: number, streamBroke: boolean): Promise<void> {
    try {
      await this.connections.get(link)?.ping()
      this.dispatch({ type: 'heard', link })
    } catch (error) {
      const reason = msg('mcp-ping', { words: reasonOf(error) })
      this.dispatch({ type: 'ping-failed', link, fault: faultOf(error), reason, streamBroke })
    }
  }

  /** A late response to a timed-out call is not an error. */
  private onError(link: number, error: Error): void {
    if (isLateReply(error)) return this.dispatch({ type: 'heard', link })
    const reason = reasonOf(error)
    this.options.log.debug({ error: reason.text }, 'MCP client error')
    const isStream = /stream/i.test(error.message)
    this.dispatch({ type: 'error', link, fault: faultOf(error), reason, isStream })
  }
}
