/** Calls many writers at a steady rate with one timer, each in its own slot, to spread the writes. */
import { nowMicros } from '../stamp'

export interface Ticker {
  /** @returns stops the calls */
  add: (write: () => void) => () => void
}

/** Width of a slot, in microseconds. */
const SLOT = 2000

/** @param perSecond calls of each writer; late calls are caught up */
export function createTicker(perSecond: number): Ticker {
  const count = Math.max(1, Math.round(1e6 / perSecond / SLOT))
  const slots = Array.from({ length: count }, () => new Set<() => void>())
  const startedAt = nowMicros()
  let done = 0
  let next = 0
  let size = 0
  let timer: NodeJS.Timeout | undefined

  const tick = () => {
    const due = Math.floor((nowMicros() - startedAt) / SLOT)
    for (; done < due; done++) for (const write of slots[done % count] ?? []) write()
    timer = size > 0 ? setTimeout(tick, 1) : undefined
  }

  return {
    add(write) {
      const slot = slots[next++ % count]
      slot?.add(write)
      size++
      if (!timer) {
        done = Math.floor((nowMicros() - startedAt) / SLOT)
        timer = setTimeout(tick, 1)
      }
      return () => {
        if (slot?.delete(write)) size--
      }
    },
  }
}
