/** The process's turns: started, found, stopped, limited in number, and ended cleanly at shutdown. */
import { setTimeout as delay } from 'node:timers/promises'
import type { ErrorCode } from '#shared/errors'
import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'
import type { Message } from '#shared/messages/message'
import { Rate } from '../limits/rate'
import { Turn } from './turn'
import type { RunTurn, TurnLimits, TurnReport, TurnRequest } from './turn'

export interface TurnsOptions extends TurnLimits {
  /** Maximum concurrent turns. */
  maxRunning: number
  /** The same for one user. */
  maxRunningPerUser: number
  /** Turns that one user may start per minute. */
  maxPerMinute: number
}

export class TurnRefusedError extends LocalizedError {
  constructor(
    readonly code: Extract<ErrorCode, 'too-many-turns' | 'turn-exists' | 'stopping'>,
    detail: Message,
    readonly retryAfterSeconds?: number,
  ) {
    super(detail)
    this.name = 'TurnRefusedError'
  }
}

/** Suggested delay before a retry when too many turns run. */
const BUSY_SECONDS = 5

/** How long, and how many, early stops are remembered; lifetime in milliseconds. */
const EARLY_STOP_MS = 10_000
const MAX_EARLY_STOPS = 1000

/** Maximum characters of finished turns kept for returning readers; the oldest are dropped first. */
const MAX_KEPT_CHARS = 64 * 1024 * 1024

/** How long turns ended by a shutdown have for their last events, in milliseconds. */
const LAST_WORDS_MS = 1000

export class Turns {
  /** By user and id, so that users' ids do not collide. */
  private readonly byKey = new Map<string, Turn>()
  private readonly earlyStops = new Set<string>()
  private readonly begun: Rate
  private stopping: Message | undefined

  constructor(private readonly options: TurnsOptions) {
    this.begun = new Rate(options.maxPerMinute)
  }

  get running(): number {
    return this.all().filter((turn) => turn.isRunning).length
  }

  /** No new turns are accepted. */
  get isStopping(): boolean {
    return this.stopping !== undefined
  }

  /**
   * Starts a turn, which runs whether it is read or not.
   * @param run receives the signal that ends it, and always yields `finish` last
   * @throws TurnRefusedError
   */
  begin(request: TurnRequest, run: RunTurn, report: TurnReport): Turn {
    if (this.stopping !== undefined) throw new TurnRefusedError('stopping', this.stopping)
    const { user, turnId } = request
    if (turnId !== undefined && this.byKey.has(keyOf(user, turnId)))
      throw new TurnRefusedError('turn-exists', msg('turn-exists'))
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

  /** The newest resumable turn of a user's conversation. */
  findResumable(user: string, conversationId: string): Turn | undefined {
    return this.all().findLast(
      ({ request }) => request.resumable && request.user === user && request.conversationId === conversationId,
    )
  }

  /**
   * Ends a user's turn. A stop may overtake its question, so it is remembered for a moment.
   * @returns whether the turn was running
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
   * Accepts no new turns, notifies running ones, and ends them after the grace period.
   * @param graceMs milliseconds; 0 ends them at once
   */
  async close(graceMs: number): Promise<void> {
    this.stopping = msg('stopping-no-questions')
    const open = this.all().filter((turn) => turn.isRunning)
    if (graceMs > 0) for (const turn of open) turn.tell(msg('stopping-soon', { seconds: Math.round(graceMs / 1000) }))
    const ended = Promise.allSettled(open.map((turn) => turn.ended))
    await Promise.race([ended, delay(graceMs, undefined, { ref: false })])
    for (const turn of open) turn.fail('stopping', msg('stopping-cut'))
    await Promise.race([ended, delay(LAST_WORDS_MS, undefined, { ref: false })])
  }

  private all(): Turn[] {
    return [...this.byKey.values()]
  }

  /**
   * Also counts the turn.
   * @throws TurnRefusedError
   */
  private requireRoom(user: string): void {
    const { maxRunning, maxRunningPerUser } = this.options
    const running = this.all().filter((turn) => turn.isRunning)
    if (running.length >= maxRunning) throw tooMany('too-many-questions', running.length, BUSY_SECONDS)
    const own = running.filter(({ request }) => request.user === user).length
    if (own >= maxRunningPerUser) throw tooMany('too-many-of-yours', own, BUSY_SECONDS)
    const seconds = this.begun.take(user)
    if (seconds > 0) throw tooMany('too-many-a-minute', this.options.maxPerMinute, seconds)
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

function tooMany(
  code: 'too-many-questions' | 'too-many-of-yours' | 'too-many-a-minute',
  count: number,
  seconds: number,
): TurnRefusedError {
  return new TurnRefusedError('too-many-turns', msg(code, { count, seconds }), seconds)
}

/** A turn id contains no spaces. */
function keyOf(user: string, turnId: string): string {
  return `${turnId} ${user}`
}
