/** A turn's events so far, for late, slow or returning readers. */
import type { TurnEvent } from '../agent/events'
import { GrowingText } from '../agent/growing-text'
import { resultBytes } from '../results'
import { Notifier } from './notifier'

type Delta = Extract<TurnEvent, { type: 'text-delta' | 'reasoning-delta' }>

/** Neighbouring deltas are merged up to this many characters: an answer of 5,000 tokens becomes about forty entries. */
const ENTRY_CHARS = 512

/**
 * Minimum milliseconds between two deltas for a reader, which merges a fast model's output: pages render no more often,
 * and each event costs more than its text.
 */
const PACE_MS = 25

/** Unread characters above which the turn waits for its single reader. */
const BACKLOG_CHARS = 256 * 1024

export class TurnLog {
  private entries: TurnEvent[] = []
  /** A delta that follows the entries, and to which the next ones of its kind are added. */
  private growing: { type: Delta['type']; text: GrowingText } | undefined
  private ended = false
  private readonly grown = new Notifier()
  private readonly drained = new Notifier()
  /** Fires when a delta is complete or has been delayed long enough. */
  private readonly deltasFlushed = new Notifier()
  /** Approximate size in characters; tool results count with what the page draws. */
  size = 0

  /** @param keep whether read events are kept for other readers; otherwise only one reader is allowed */
  constructor(private readonly keep: boolean) {}

  append(event: TurnEvent): void {
    if (isDelta(event)) this.addDelta(event)
    else {
      this.close()
      this.entries.push(event)
    }
    this.size += sizeOf(event)
    this.grown.fire()
  }

  /** No event follows. */
  end(): void {
    this.ended = true
    this.close()
    this.grown.fire()
  }

  /** The single reader is far behind: a slow client must not fill the memory. */
  get isBehind(): boolean {
    return !this.keep && this.size > BACKLOG_CHARS
  }

  /** Waits until the reader has caught up, or `signal` aborts. */
  async untilRead(signal: AbortSignal): Promise<void> {
    const wake = () => this.drained.fire()
    signal.addEventListener('abort', wake, { once: true })
    while (this.isBehind && !signal.aborted) await this.drained.next()
    signal.removeEventListener('abort', wake)
  }

  /**
   * All events from the first, then new ones; deltas may be merged.
   * @param signal ends the reading silently
   * @param done called when the reading has ended in any way
   */
  async *read(signal: AbortSignal, done: () => void): AsyncGenerator<TurnEvent, void, void> {
    let at = 0
    /** How much of the delta at `at` was passed on, in characters: it may have grown since. */
    let offset = 0
    let notBefore = 0
    // One listener for all waits: this is the hot path of every answer.
    const wake = () => {
      this.grown.fire()
      this.deltasFlushed.fire()
    }
    signal.addEventListener('abort', wake, { once: true })
    try {
      while (!signal.aborted) {
        const entry = this.entries[at]
        const growing = entry ? undefined : this.growing
        if (growing && growing.text.length > offset) {
          const early = notBefore - performance.now()
          if (early > 0 && growing.text.length < ENTRY_CHARS) {
            await this.whileItGrows(early)
            continue
          }
          notBefore = performance.now() + PACE_MS
          const text = growing.text.since(offset)
          offset = growing.text.length
          yield { type: growing.type, text }
        } else if (entry) {
          const from = offset
          at++
          offset = 0
          if (!isDelta(entry)) yield entry
          else if (entry.text.length > from) {
            notBefore = performance.now() + PACE_MS
            yield { type: entry.type, text: entry.text.slice(from) }
          }
        } else if (this.ended) return
        else {
          if (!this.keep) {
            this.forget(at)
            at = 0
          }
          await this.grown.next()
        }
      }
    } finally {
      signal.removeEventListener('abort', wake)
      done()
    }
  }

  private addDelta({ type, text }: Delta): void {
    if (this.growing?.type !== type || this.growing.text.length >= ENTRY_CHARS) this.close()
    this.growing ??= { type, text: new GrowingText() }
    this.growing.text.add(text)
  }

  /** The last delta grows no more. */
  private close(): void {
    if (this.growing) this.entries.push({ type: this.growing.type, text: this.growing.text.toString() })
    this.growing = undefined
    this.deltasFlushed.fire()
  }

  /** Waits while the last delta may grow, up to this many milliseconds. */
  private async whileItGrows(ms: number): Promise<void> {
    const timer = setTimeout(() => this.deltasFlushed.fire(), ms)
    await this.deltasFlushed.next()
    clearTimeout(timer)
  }

  private forget(count: number): void {
    if (count === 0) return
    this.entries = this.entries.slice(count)
    this.size = this.entries.reduce((sum, entry) => sum + sizeOf(entry), this.growing?.text.length ?? 0)
    this.drained.fire()
  }
}

function isDelta(event: TurnEvent): event is Delta {
  return event.type === 'text-delta' || event.type === 'reasoning-delta'
}

function sizeOf(event: TurnEvent): number {
  if (isDelta(event)) return event.text.length
  if (event.type === 'approval-request') return JSON.stringify(event.approval).length + event.signature.length
  if (event.type !== 'tool-result') return 200
  const { forModel, forPerson } = event.outcome
  return forModel.length + resultBytes(forPerson)
}
