/**
 * Makes one stream of chunks out of several readings of the same turn. Each reading begins at `start`; what an earlier
 * one brought already is left out. The readings are the same but for the cutting of texts: the server merges
 * neighbouring deltas of what it keeps.
 */
import type { UIMessageChunk } from 'ai'

/** How far something has come: whole chunks, then characters of the text or reasoning that follows them. */
interface Place {
  chunks: number
  chars: number
}

export interface ReplayCursor {
  /** The next chunk is the first of a new reading. */
  rewind: () => void
  /** @returns what of the chunk is new, undefined where nothing is */
  advance: (chunk: UIMessageChunk) => UIMessageChunk | undefined
}

export function createReplayCursor(): ReplayCursor {
  /** What was passed on, of all readings. */
  let passed: Place = { chunks: 0, chars: 0 }
  /** Where this reading is. */
  let at: Place = { chunks: 0, chars: 0 }

  const isBehind = () => at.chunks < passed.chunks || (at.chunks === passed.chunks && at.chars < passed.chars)

  return {
    rewind: () => {
      at = { chunks: 0, chars: 0 }
    },
    advance: (chunk) => {
      // What is only shown for a moment has no place: it may be missing from a later reading.
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
