/** One reading of a turn, and what can go wrong with it. */
import type { UIMessageChunk } from 'ai'

/** The chunks of a turn from its `start` on, whichever way they come. Cancelling it ends the reading, not the turn. */
export type TurnFeed = ReadableStream<UIMessageChunk>

/** The reading ended before the turn did: a connection broke, or something in between gave up. */
export class FeedBrokenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'FeedBrokenError'
  }
}

/** The server does not have the turn: it was restarted, or the turn ended too long ago, or was never begun. */
export class TurnGoneError extends Error {
  constructor() {
    super('the server does not have this turn')
    this.name = 'TurnGoneError'
  }
}

/** Whether a chunk is the turn's last word. */
export function isLastChunk(chunk: UIMessageChunk): boolean {
  return chunk.type === 'finish' || chunk.type === 'error'
}

/** The turn that a `start` chunk begins, where it says so. */
export function turnIdOf(chunk: UIMessageChunk): string | undefined {
  if (chunk.type !== 'start') return undefined
  const metadata: unknown = chunk.messageMetadata
  const hasId = typeof metadata === 'object' && metadata !== null && 'turnId' in metadata
  return hasId && typeof metadata.turnId === 'string' ? metadata.turnId : undefined
}
