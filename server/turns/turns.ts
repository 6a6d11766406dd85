/** The turns of the process: begun, found again, stopped, bounded in number, and ended in good order at a shutdown. */
import { setTimeout as delay } from 'node:timers/promises'
import type { ErrorCode } from '#shared/errors'
import { Rate } from '../limits/rate'
import { Turn } from './turn'
import type { RunTurn, TurnLimits, TurnReport, TurnRequest } from './turn'

export interface TurnsOptions extends TurnLimits {
  /** Turns that may run at once. */
  maxRunning: number
  /** The same of one user. */
  maxRunningPerUser: number
  /** Turns that one user may begin in a minute. */
  maxPerMinute: number
}

/** A turn that is not begun, and why. */
export class TurnRefusedError extends Error {
  constructor(
    readonly code: Extract<ErrorCode, 'too-many-turns' | 'turn-exists' | 'stopping'>,
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message)
    this.name = 'TurnRefusedError'
  }
}

/** When one who was refused since too much runs may try again. */
const BUSY_SECONDS = 5

/** How long a stop that came before its question is remembered, in milliseconds, and how many of them. */
const EARLY_STOP_MS = 10_000
const MAX_EARLY_STOPS = 1000

/** Characters that finished turns may hold together until their readers come back; the oldest go first. */
const MAX_KEPT_CHARS = 64 * 1024 * 1024

/** How long turns that were ended by a shutdown have for their last words, in milliseconds. */
const LAST_WORDS_MS = 1000

export class Turns {
  /** By user and id: the ids of another user's turns are as good as free. */
  private readonly byKey = new Map<string, Turn>()
  private readonly earlyStops = new Set<string>()
  private readonly begun: Rate
  private stopping: string | undefined

  constructor(private readonly options: TurnsOptions) {
    this.begun = new Rate(options.maxPerMinute)
  }

  /** Turns that run now. */
  get running(): number {
    return this.all().filter((turn) => turn.isRunning).length
  }

  /** No turn is begun any more. */
  get isStopping(): boolean {
    return this.stopping !== undefined
  }

  /**
   * Begins a turn, which runs from now on whether it is read or not.
   * @param run is given the signal that ends it; yields `finish` as its last event also then
   * @throws TurnRefusedError
   */
  begin(request: TurnRequest, run: RunTurn, report: TurnReport): Turn {
    if (this.stopping !== undefined) throw new TurnRefusedError('stopping', this.stopping)
    const { user, turnId } = request
    if (turnId !== undefined && this.byKey.has(keyOf(user, turnId)))
      throw new TurnRefusedError('turn-exists', 'This question is being answered already; it is not asked twice.')
    this.requireRoom(user)
    const isStopped = turnId !== undefined && this.earlyStops.delete(keyOf(user, turnId))
    const turn = new Turn(request, run, report, this.options, () => this.forget(turn), isStopped)
    this.byKey.set(keyOf(user, turn.info.turnId), turn)
    this.makeRoom()
    return turn
  }

  find(user: string, turnId: string): Turn | undefined {
    return this.byKey.get(keyOf(user, turnId))
  }

  /** The newest turn of a user's conversation that its client may take up again. */
  findResumable(user: string, conversationId: string): Turn | undefined {
    return this.all().findLast(
      ({ request }) => request.resumable && request.user === user && request.conversationId === conversationId,
    )
  }

  /**
   * Ends a user's turn. A stop may overtake its question: it is remembered for a moment.
   * @returns whether one was running
   */
  stop(user: string, turnId: string): boolean {
    const key = keyOf(user, turnId)
    const turn = this.byKey.get(key)
    if (turn?.isRunning) {
      turn.stop()
      return true
    }
    if (!turn && this.earlyStops.size < MAX_EARLY_STOPS) {
      this.earlyStops.add(key)
      setTimeout(() => this.earlyStops.delete(key), EARLY_STOP_MS).unref()
    }
    return false
  }

  /**
   * Begins no more turns, tells those that run, and ends them after the grace.
   * @param graceMs milliseconds; 0 ends them at once
   */
  async close(graceMs: number): Promise<void> {
    this.stopping = 'The server is being stopped and takes no new questions. Try again in a moment.'
    const open = this.all().filter((turn) => turn.isRunning)
    if (graceMs > 0) for (const turn of open) turn.tell(stoppingSoon(graceMs))
    const ended = Promise.allSettled(open.map((turn) => turn.ended))
    await Promise.race([ended, delay(graceMs, undefined, { ref: false })])
    for (const turn of open) turn.fail('stopping', STOPPED)
    await Promise.race([ended, delay(LAST_WORDS_MS, undefined, { ref: false })])
  }

  private all(): Turn[] {
    return [...this.byKey.values()]
  }

  /** Counts the turn, too. @throws TurnRefusedError */
  private requireRoom(user: string): void {
    const { maxRunning, maxRunningPerUser } = this.options
    const running = this.all().filter((turn) => turn.isRunning)
    if (running.length >= maxRunning)
      throw tooMany(`The server answers ${running.length} questions already`, BUSY_SECONDS)
    const own = running.filter(({ request }) => request.user === user).length
    if (own >= maxRunningPerUser) throw tooMany(`${own} questions of yours are being answered already`, BUSY_SECONDS)
    const seconds = this.begun.take(user)
    if (seconds > 0) throw tooMany(`You have asked ${this.options.maxPerMinute} questions within a minute`, seconds)
  }

  private forget(turn: Turn): void {
    const key = keyOf(turn.request.user, turn.info.turnId)
    if (this.byKey.get(key) === turn) this.byKey.delete(key)
  }

  private makeRoom(): void {
    const kept = this.all().filter((turn) => !turn.isRunning)
    let size = kept.reduce((sum, turn) => sum + turn.size, 0)
    for (const turn of kept) {
      if (size <= MAX_KEPT_CHARS) return
      size -= turn.size
      this.forget(turn)
    }
  }
}

const STOPPED = 'The server was stopped before the answer was whole. What had arrived stays. Ask again in a moment.'

function stoppingSoon(graceMs: number): string {
  return `The server is being stopped: this answer has ${Math.round(graceMs / 1000)} s left.`
}

function tooMany(why: string, seconds: number): TurnRefusedError {
  return new TurnRefusedError(
    'too-many-turns',
    `${why}; no more are taken for now. Try again in ${seconds} s.`,
    seconds,
  )
}

/** An id of a turn has no spaces. */
function keyOf(user: string, turnId: string): string {
  return `${turnId} ${user}`
}
