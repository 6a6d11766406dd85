/** Runs work that yields between its steps. */

export function runAtOnce<T>(steps: Generator<void, T, void>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/** Each step is a task of its own, so that the page answers the person in between. */
export async function runInTasks<T>(steps: Generator<void, T, void>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
    await new Promise((resolve) => setTimeout(resolve))
  }
}
