/** The kubelet's back-off for a failing container: 10 s, doubled after each failure, at most 5 minutes. */

/** Duration of each run of the failing container, in milliseconds. */
export const RUN_MS = 4000
const FIRST_DELAY_MS = 10_000
const LONGEST_DELAY_MS = 300_000

export interface CrashLoop {
  restarts: number
  /** The latest finished run, in milliseconds since the epoch. */
  startedAt: number
  finishedAt: number
  backOffSeconds: number
}

/**
 * The state of a crash loop at `now`. The container is always shown waiting, so that the demo answers alike at every
 * moment.
 */
export function crashLoop(firstStart: number, now: number): CrashLoop {
  let startedAt = firstStart
  let delay = FIRST_DELAY_MS
  let restarts = 0
  for (;;) {
    const next = startedAt + RUN_MS + delay
    if (next + RUN_MS > now) break
    startedAt = next
    delay = Math.min(delay * 2, LONGEST_DELAY_MS)
    restarts += 1
  }
  return { restarts, startedAt, finishedAt: startedAt + RUN_MS, backOffSeconds: delay / 1000 }
}
