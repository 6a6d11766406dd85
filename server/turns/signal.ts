/** A bell: those who wait for the next ring are woken by it. Ringing costs nothing where nobody waits. */
export class Signal {
  private bell: PromiseWithResolvers<void> | undefined

  fire(): void {
    this.bell?.resolve()
    this.bell = undefined
  }

  /** Resolves at the next `fire`. */
  next(): Promise<void> {
    this.bell ??= Promise.withResolvers<void>()
    return this.bell.promise
  }
}
