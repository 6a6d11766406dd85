/** Runs long work in time slices. */
import { setImmediate } from 'node:timers/promises'
import type { Steps } from '#shared/steps'

/** In milliseconds: the maximum delay for tokens of other answers. */
const SLICE_MS = 5

/** Runs the steps in slices and lets the event loop turn between them. Work within one slice needs no turn. */
export async function inSlices<T>(steps: Steps<T>): Promise<T> {
  for (let begun = performance.now(); ;) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - begun < SLICE_MS) continue
    await setImmediate()
    begun = performance.now()
  }
}
