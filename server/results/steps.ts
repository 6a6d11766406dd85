/** Long work in steps, between which others may run. The same work can be done at once, or in slices of time. */
import { setImmediate } from 'node:timers/promises'

/** Yields where it may be interrupted, every few milliseconds of work. */
export type Steps<T> = Generator<void, T, void>

/** In milliseconds: what a token of another's answer may wait for. */
const SLICE_MS = 10

/** Does all of it now. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Does it in slices, and lets the event loop turn between them. What takes one slice is done without a turn. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
  for (let begun = performance.now(); ;) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - begun < SLICE_MS) continue
    await setImmediate()
    begun = performance.now()
  }
}
