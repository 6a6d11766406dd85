/** Wakes everyone waiting for the next event. Costs nothing if nobody waits. */
export class Notifier {
  private waiting: PromiseWithResolvers<void> | undefined

  fire(): void {
    this.waiting?.resolve()
    this.waiting = undefined
  }

  /** Resolves at the next `fire`. */
  next(): Promise<void> {
    this.waiting ??= Promise.withResolvers<void>()
    return this.waiting.promise
  }
}
