/** Long work in steps, which can run at once or in time slices. */
import { setImmediate } from 'node:timers/promises'

/** Yields every few milliseconds of work, to allow interruption. */
export type Steps<T> = Generator<void, T, void>

/** In milliseconds: the maximum delay for tokens of other answers. */
const SLICE_MS = 10

/** Runs all steps at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

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
