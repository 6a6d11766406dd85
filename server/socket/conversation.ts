/** One client's socket: the turns that it reads, and the health that it watches. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { parseChatRequest } from '#shared/chat/request'
import { msg } from '#shared/messages/create'
import { socketRequestSchema } from '#shared/chat/turn-socket'
import type { SocketMessage, SocketRequest } from '#shared/chat/turn-socket'
import type { Caller } from '../auth/caller'
import { LoginError } from '../auth/errors'
import type { Assistant } from '../core/assistant'
import type { Health } from '#shared/health'
import { withoutCluster } from '../core/health'
import { classify, errorOf, NotFoundError } from '../http/errors'
import { UiChunkWriter } from '../stream/ui-chunks'
import { Notifier } from '../turns/notifier'
import type { Turn } from '../turns/turn'
import { TurnRefusedError } from '../turns/turns'

export interface SocketLine {
  send: (text: string) => void
  /** Bytes sent but still buffered. */
  backlog: () => number
  /** Disconnects a client that does not read. */
  cut: () => void
}

/** Buffered bytes above which a turn waits for its reader, and the check interval in milliseconds. */
const BACKLOG_BYTES = 1024 * 1024
const BACKLOG_POLL_MS = 20

/** How long a client may leave them unread, in milliseconds. */
const STALLED_MS = 60_000

/** Buffered bytes above which unthrottled messages (refusals) end the connection. */
const MAX_BACKLOG_BYTES = 4 * BACKLOG_BYTES

/** Interval of health messages without a change, by which pages detect dead connections. In milliseconds. */
export const HEARTBEAT_MS = 30_000

/** Maximum turns that one socket may read at once. */
const MAX_TURNS = 16

export class SocketConversation {
  private readonly closed = new AbortController()
  private reading = 0
  /** Ends the current subscription to the health. */
  private watching: AbortController | undefined

  constructor(
    private readonly assistant: Pick<Assistant, 'ask' | 'connect' | 'turns' | 'health' | 'healthChanges'>,
    private readonly line: SocketLine,
    private caller: Caller,
  ) {}

  /**
   * @param text a client message; an invalid one is answered with `refused`
   * @param caller the same user, whose credentials may be newer
   */
  async receive(text: string, caller: Caller): Promise<void> {
    this.caller = caller
    await this.take(text, (request) => this.serve(request))
  }

  /**
   * The login could not be checked: its user may still stop turns, all else is refused.
   * @param problem an error known to `classify`
   */
  async receiveUnchecked(text: string, problem: unknown): Promise<void> {
    await this.take(text, async (request) => {
      if (request.type === 'stop') await this.serve(request)
      else throw problem
    })
  }

  /** The client has disconnected. */
  close(): void {
    this.closed.abort()
  }

  private async take(text: string, serve: (request: SocketRequest) => Promise<void>): Promise<void> {
    let turnId: string | undefined
    try {
      const request = socketRequestSchema.parse(JSON.parse(text))
      if ('turnId' in request) turnId = request.turnId
      await serve(request)
    } catch (error) {
      this.refuse(error, turnId)
    }
  }

  private async serve(request: SocketRequest): Promise<void> {
    const { assistant } = this
    switch (request.type) {
      case 'chat':
        this.requireRoom()
        void this.read(await assistant.ask(parseChatRequest(request.body), randomUUID(), this.caller))
        return
      case 'attach': {
        const turn = assistant.turns.find(this.caller.user.name, request.turnId)
        if (!turn?.request.resumable) throw new NotFoundError(msg('turn-not-found'))
        this.requireRoom()
        void this.read(turn)
        return
      }
      case 'stop':
        assistant.turns.stop(this.caller.user.name, request.turnId)
        return
      case 'watch':
        this.watching?.abort()
        this.watching = new AbortController()
        void this.watch(request.cluster, AbortSignal.any([this.watching.signal, this.closed.signal]))
    }
  }

  private requireRoom(): void {
    if (this.reading >= MAX_TURNS)
      throw new TurnRefusedError('too-many-turns', msg('too-many-in-socket', { count: MAX_TURNS }))
  }

  private async read(turn: Turn): Promise<void> {
    const { turnId } = turn.info
    const { signal } = this.closed
    const writer = new UiChunkWriter(turn.info)
    const send = (chunks: object[]) => {
      for (const chunk of chunks) this.line.send(JSON.stringify({ type: 'chunk', turnId, chunk }))
    }
    this.reading++
    send(writer.start())
    for await (const event of turn.events(signal)) {
      send(writer.next(event))
      await this.drained()
    }
    this.reading--
    if (!signal.aborted) this.send({ type: 'end', turnId })
  }

  private async watch(cluster: string | undefined, signal: AbortSignal): Promise<void> {
    const { assistant } = this
    const lease = await assistant.connect(this.caller, cluster).catch((error: unknown) => ({ error }))
    const health = () =>
      'error' in lease ? withoutCluster(assistant.health(), lease.error) : assistant.health(lease.value)
    // The page then finds out that a login is needed.
    const onLoginEnded = () => this.line.cut()
    if ('error' in lease && lease.error instanceof LoginError) return onLoginEnded()
    if ('value' in lease) lease.value.loginEnded.addEventListener('abort', onLoginEnded)
    await this.sendHealth(health, signal)
    if ('error' in lease) return
    lease.value.loginEnded.removeEventListener('abort', onLoginEnded)
    lease.release()
  }

  private async sendHealth(current: () => Health, signal: AbortSignal): Promise<void> {
    let told = ''
    // One notifier for all: each wait for a promise that lives as long as the socket would stay in memory.
    const due = new Notifier()
    const wake = () => due.fire()
    const beating = setInterval(() => {
      told = ''
      wake()
    }, HEARTBEAT_MS)
    beating.unref()
    const ignore = this.assistant.healthChanges.listen(wake)
    signal.addEventListener('abort', wake, { once: true })
    while (!signal.aborted) {
      const next = due.next()
      const health = current()
      // Uptime and number of turns do not count as changes.
      const news = JSON.stringify({ ...health, process: health.process.status })
      if (news !== told) this.send({ type: 'health', health })
      told = news
      // A slow client gets only the latest state.
      await this.drained()
      await next
    }
    ignore()
    clearInterval(beating)
  }

  private refuse(error: unknown, turnId: string | undefined): void {
    this.send({ type: 'refused', ...(turnId && { turnId }), error: errorOf(classify(error), randomUUID()) })
  }

  /** Waits until the client has read most of the data. */
  private async drained(): Promise<void> {
    const { line, closed } = this
    const deadline = performance.now() + STALLED_MS
    while (line.backlog() > BACKLOG_BYTES && !closed.signal.aborted) {
      if (performance.now() > deadline) return line.cut()
      await delay(BACKLOG_POLL_MS)
    }
  }

  private send(message: SocketMessage): void {
    if (this.line.backlog() > MAX_BACKLOG_BYTES) return this.line.cut()
    this.line.send(JSON.stringify(message))
  }
}
