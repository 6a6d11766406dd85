/** Callers waiting for a session. */
export class Callers {
  private readonly waiting = new Set<() => void>()

  /**
   * Resolves when released, or after `ms`.
   * @throws the signal's reason when aborted
   */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const done = () => resolve()
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
    this.waiting.add(done)
    await promise
    clearTimeout(timer)
    signal.removeEventListener('abort', done)
    this.waiting.delete(done)
    signal.throwIfAborted()
  }

  release(): void {
    for (const done of this.waiting) done()
  }
}
