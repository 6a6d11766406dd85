/** Results in the memory of this process, bounded by conversation, user and process; the least recently used goes. */
import type { ResultPart } from '#shared/result'
import { resultBytes } from '../size'
import { BOUNDS, excess } from './bounds'
import type { Bound } from './bounds'

/** Whose result it is. No part of it comes from the model. */
export interface Place {
  user: string
  /** The client's id of the conversation, or one of a single turn. */
  conversation: string
}

export interface ResultMemory {
  put: (place: Place, id: string, part: ResultPart) => Promise<void>
  get: (place: Place, id: string) => Promise<ResultPart | undefined>
  close: () => Promise<void>
}

interface Entry extends Place {
  key: string
  part: ResultPart
  bytes: number
}

export function memoryResults(bounds: Record<keyof typeof BOUNDS, Bound> = BOUNDS): ResultMemory {
  /** The least recently used first. */
  const entries = new Map<string, Entry>()

  function keepWithin(bound: Bound, belongs: (entry: Entry) => boolean): void {
    for (const { key } of excess([...entries.values()].filter(belongs), bound)) entries.delete(key)
  }

  return {
    put: async (place, id, part) => {
      const { user, conversation } = place
      const key = keyOf(place, id)
      entries.delete(key)
      entries.set(key, { key, user, conversation, part, bytes: resultBytes(part) })
      keepWithin(bounds.conversation, (entry) => entry.user === user && entry.conversation === conversation)
      keepWithin(bounds.user, (entry) => entry.user === user)
      keepWithin(bounds.process, () => true)
    },
    get: async (place, id) => {
      const key = keyOf(place, id)
      const entry = entries.get(key)
      if (!entry) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.part
    },
    close: async () => entries.clear(),
  }
}

function keyOf({ user, conversation }: Place, id: string): string {
  return JSON.stringify([user, conversation, id])
}
