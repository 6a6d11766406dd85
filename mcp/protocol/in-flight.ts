/** Counts open requests, so that the program can end after the last one. */
export class InFlight {
  private count = 0
  private waiting: (() => void)[] = []

  async track<T>(run: () => Promise<T>): Promise<T> {
    this.count++
    try {
      return await run()
    } finally {
      this.count--
      if (this.count === 0) for (const done of this.waiting.splice(0)) done()
    }
  }

  /** Resolves when no request is in flight. */
  none(): Promise<void> {
    return this.count === 0 ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve))
  }
}
