/** Readings of a turn that do what a test says. */
import type { UIMessageChunk } from 'ai'
import type { TurnFeed } from '../../../../utils/turn/turnFeed'

export interface ScriptedFeed {
  feed: TurnFeed
  push: (...chunks: UIMessageChunk[]) => void
  /** A clean end. */
  end: () => void
  fail: (error: Error) => void
  isCancelled: () => boolean
}

export function scriptedFeed(...chunks: UIMessageChunk[]): ScriptedFeed {
  let controller: ReadableStreamDefaultController<UIMessageChunk> | undefined
  let cancelled = false
  const feed = new ReadableStream<UIMessageChunk>({
    start: (own) => {
      controller = own
    },
    cancel: () => {
      cancelled = true
    },
  })
  const push = (...more: UIMessageChunk[]) => more.forEach((chunk) => controller?.enqueue(chunk))
  push(...chunks)
  return {
    feed,
    push,
    end: () => controller?.close(),
    fail: (error) => controller?.error(error),
    isCancelled: () => cancelled,
  }
}

/** A whole reading, with its end. */
export function wholeFeed(...chunks: UIMessageChunk[]): TurnFeed {
  const scripted = scriptedFeed(...chunks)
  scripted.end()
  return scripted.feed
}

export const start: UIMessageChunk = { type: 'start', messageId: 'm', messageMetadata: { turnId: 'turn' } }
export const open: UIMessageChunk = { type: 'text-start', id: 't0' }
export const text = (delta: string): UIMessageChunk => ({ type: 'text-delta', id: 't0', delta })
export const finish: UIMessageChunk = { type: 'finish', messageMetadata: { finishReason: 'stop' } }

export async function readAll(feed: TurnFeed): Promise<UIMessageChunk[]> {
  const chunks: UIMessageChunk[] = []
  for await (const chunk of feed) chunks.push(chunk)
  return chunks
}

/** The text that the chunks of a message make up. */
export function said(chunks: UIMessageChunk[]): string {
  return chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('')
}
