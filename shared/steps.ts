/** Long work in steps, which can run at once or in time slices. */

/** Yields every few milliseconds of work, to allow interruption. */
export type Steps<T> = Generator<void, T, void>

/** Runs all steps at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
