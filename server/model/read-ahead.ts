/**
 * Reads the known beginning of the next request while the model server is idle: a model server keeps what it has read
 * and continues after the longest common beginning.
 */
import type { ChatModel, StepRequest } from './types'

export type Beginning = Pick<StepRequest, 'messages' | 'tools'>

export interface ReadAheadOptions {
  model: ChatModel
  /** Whether the model server is one to read ahead on; asked before each read. */
  isWanted: () => boolean
  /** How long the model server must have been idle, in milliseconds. */
  idleMs?: number
}

const IDLE_MS = 150

/** Reads one beginning at a time, for all users: a second one could push the first out of the server's cache. */
export class ReadAhead {
  /** Running turns. */
  private turns = 0
  private timer: NodeJS.Timeout | undefined
  private reading: AbortController | undefined
  private isClosed = false

  constructor(private readonly options: ReadAheadOptions) {}

  /**
   * Ends a read at once, and prevents others during a turn.
   * @returns to call at the turn's end
   */
  hold(): () => void {
    this.stop()
    this.turns++
    let isHeld = true
    return () => {
      if (isHeld) this.turns--
      isHeld = false
    }
  }

  /**
   * Reads a beginning soon, unless a turn is running or starts first. Replaces an earlier one.
   * @param beginning computed when it is time; undefined if there is none
   */
  next(beginning: () => Promise<Beginning | undefined>): void {
    const { isWanted, idleMs = IDLE_MS } = this.options
    if (this.isClosed || this.turns > 0 || !isWanted()) return
    this.stop()
    this.timer = setTimeout(() => void this.read(beginning), idleMs)
    this.timer.unref()
  }

  close(): void {
    this.isClosed = true
    this.stop()
  }

  private stop(): void {
    clearTimeout(this.timer)
    this.reading?.abort()
    this.reading = undefined
  }

  private async read(beginning: () => Promise<Beginning | undefined>): Promise<void> {
    const reading = new AbortController()
    this.reading = reading
    try {
      const known = await beginning()
      if (!known || reading.signal.aborted) return
      await this.options.model.step({ ...known, maxTokens: 1 }, reading.signal, SILENT)
    } catch {
      // Of no consequence: the question itself reports what is wrong.
    } finally {
      if (this.reading === reading) this.reading = undefined
    }
  }
}

const SILENT = { delta: () => undefined, waiting: () => undefined }
