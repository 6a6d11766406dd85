/** Long work in steps, which can run at once or in time slices. */

/** Yields every few milliseconds of work, to allow interruption. */
export type Steps<T> = Generator<void, T, void>

/** So many small items are a millisecond or two of work. */
const ITEMS = 2_000

/** `items.forEach` in steps, for items that are cheap one by one. */
export function* eachSteps<Item>(items: readonly Item[], act: (item: Item) => void): Steps<void> {
  for (const [index, item] of items.entries()) {
    if (index % ITEMS === ITEMS - 1) yield
    act(item)
  }
}

/** `items.map` in steps, likewise. */
export function* mapSteps<Item, Mapped>(items: readonly Item[], map: (item: Item) => Mapped): Steps<Mapped[]> {
  const mapped: Mapped[] = []
  yield* eachSteps(items, (item) => mapped.push(map(item)))
  return mapped
}

/** Runs all steps at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
