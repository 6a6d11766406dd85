/** Wakes everyone waiting for the next event. Costs nothing if nobody waits. */
export class Notifier {
  private readonly listeners = new Set<() => void>()
  private waiting: PromiseWithResolvers<void> | undefined

  fire(): void {
    for (const listener of this.listeners) listener()
    this.waiting?.resolve()
    this.waiting = undefined
  }

  /** Resolves at the next `fire`. */
  next(): Promise<void> {
    this.waiting ??= Promise.withResolvers<void>()
    return this.waiting.promise
  }

  /**
   * Calls the listener at each `fire`.
   * @returns ends that
   */
  listen(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
}
