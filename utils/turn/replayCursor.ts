/**
 * Merges several readings of one turn into one stream. Each reading begins at `start`; chunks already seen are skipped.
 * Readings differ only in how texts are split: the server merges neighbouring deltas.
 */
import type { UIMessageChunk } from 'ai'

/** A position: whole chunks, then characters of the following text or reasoning. */
interface Place {
  chunks: number
  chars: number
}

export interface ReplayCursor {
  /** The next chunk starts a new reading. */
  rewind: () => void
  /** @returns the new part of the chunk, or undefined if there is none */
  advance: (chunk: UIMessageChunk) => UIMessageChunk | undefined
}

export function createReplayCursor(): ReplayCursor {
  /** Position passed on, over all readings. */
  let passed: Place = { chunks: 0, chars: 0 }
  /** Position of this reading. */
  let at: Place = { chunks: 0, chars: 0 }

  const isBehind = () => at.chunks < passed.chunks || (at.chunks === passed.chunks && at.chars < passed.chars)

  return {
    rewind: () => {
      at = { chunks: 0, chars: 0 }
    },
    advance: (chunk) => {
      // Transient chunks have no position: a later reading may lack them.
      if ('transient' in chunk && chunk.transient) return isBehind() ? undefined : chunk
      if (chunk.type !== 'text-delta' && chunk.type !== 'reasoning-delta') {
        at = { chunks: at.chunks + 1, chars: 0 }
        if (at.chunks <= passed.chunks) return undefined
        passed = { ...at }
        return chunk
      }
      at.chars += chunk.delta.length
      const fresh = at.chars - passed.chars
      if (at.chunks < passed.chunks || fresh <= 0) return undefined
      passed.chars = at.chars
      return fresh >= chunk.delta.length ? chunk : { ...chunk, delta: chunk.delta.slice(-fresh) }
    },
  }
}
