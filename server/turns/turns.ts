/** The turns of the process: begun, found again, stopped, bounded in number, and ended in good order at a shutdown. */
import { setTimeout as delay } from 'node:timers/promises'
import type { ErrorCode } from '#shared/errors'
import { Turn } from './turn'
import type { RunTurn, TurnLimits, TurnReport, TurnRequest } from './turn'

export interface TurnsOptions extends TurnLimits {
  /** Turns that may run at once. */
  maxRunning: number
}

/** A turn that is not begun, and why. */
export class TurnRefusedError extends Error {
  constructor(
    readonly code: Extract<ErrorCode, 'too-many-turns' | 'turn-exists' | 'stopping'>,
    message: string,
  ) {
    super(message)
    this.name = 'TurnRefusedError'
  }
}

/** How long a stop that came before its question is remembered, in milliseconds, and how many of them. */
const EARLY_STOP_MS = 10_000
const MAX_EARLY_STOPS = 1000

/** Characters that finished turns may hold together until their readers come back; the oldest go first. */
const MAX_KEPT_CHARS = 64 * 1024 * 1024

/** How long turns that were ended by a shutdown have for their last words, in milliseconds. */
const LAST_WORDS_MS = 1000

export class Turns {
  private readonly byId = new Map<string, Turn>()
  private readonly earlyStops = new Set<string>()
  private stopping: string | undefined

  constructor(private readonly options: TurnsOptions) {}

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
    if (request.turnId !== undefined && this.byId.has(request.turnId))
      throw new TurnRefusedError('turn-exists', 'This question is being answered already; it is not asked twice.')
    if (this.running >= this.options.maxRunning) throw new TurnRefusedError('too-many-turns', tooMany(this.running))
    const isStopped = request.turnId !== undefined && this.earlyStops.delete(request.turnId)
    const turn = new Turn(request, run, report, this.options, () => this.forget(turn), isStopped)
    this.byId.set(turn.info.turnId, turn)
    this.makeRoom()
    return turn
  }

  find(turnId: string): Turn | undefined {
    return this.byId.get(turnId)
  }

  /** The newest turn of a conversation that its client may take up again. */
  findResumable(conversationId: string): Turn | undefined {
    return this.all().findLast(({ request }) => request.resumable && request.conversationId === conversationId)
  }

  /**
   * Ends a turn. A stop may overtake its question: it is remembered for a moment.
   * @returns whether one was running
   */
  stop(turnId: string): boolean {
    const turn = this.byId.get(turnId)
    if (turn?.isRunning) {
      turn.stop()
      return true
    }
    if (!turn && this.earlyStops.size < MAX_EARLY_STOPS) {
      this.earlyStops.add(turnId)
      setTimeout(() => this.earlyStops.delete(turnId), EARLY_STOP_MS).unref()
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
    return [...this.byId.values()]
  }

  private forget(turn: Turn): void {
    if (this.byId.get(turn.info.turnId) === turn) this.byId.delete(turn.info.turnId)
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

function tooMany(running: number): string {
  return `The server answers ${running} questions already, and takes no more at once. Try again in a moment.`
}
