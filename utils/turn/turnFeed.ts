/** One reading of a turn, and its errors. */
import type { UIMessageChunk } from 'ai'

/** The chunks of a turn from its `start`, over any transport. Cancelling ends the reading, not the turn. */
export type TurnFeed = ReadableStream<UIMessageChunk>

/** The reading ended before the turn: a connection broke, or a proxy gave up. */
export class FeedBrokenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'FeedBrokenError'
  }
}

/** The server does not have the turn: it restarted, the turn ended too long ago, or it never started. */
export class TurnGoneError extends Error {
  constructor() {
    super('the server does not have this turn')
    this.name = 'TurnGoneError'
  }
}

/** Whether a chunk is the turn's last one. */
export function isLastChunk(chunk: UIMessageChunk): boolean {
  return chunk.type === 'finish' || chunk.type === 'error'
}

/** The turn id in a `start` chunk, if any. */
export function turnIdOf(chunk: UIMessageChunk): string | undefined {
  if (chunk.type !== 'start') return undefined
  const metadata: unknown = chunk.messageMetadata
  const hasId = typeof metadata === 'object' && metadata !== null && 'turnId' in metadata
  return hasId && typeof metadata.turnId === 'string' ? metadata.turnId : undefined
}
