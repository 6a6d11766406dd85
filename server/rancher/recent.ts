/** Remembers answers for a short time, so that a page's requests ask once. Concurrent callers share one question. */

interface Entry<T> {
  answer: Promise<T>
  until: number
}

export class Recent<T> {
  private readonly entries = new Map<string, Entry<T>>()

  /**
   * @param lifetimeMs of an answer, in milliseconds
   * @param max entries; the oldest are dropped first
   */
  constructor(
    private readonly lifetimeMs: (answer: T) => number,
    private readonly max: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws what `ask` throws; errors are not remembered */
  get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.entries.get(key)
    if (known && known.until > this.now()) return known.answer
    const entry: Entry<T> = { answer: ask(), until: Infinity }
    this.entries.delete(key)
    this.entries.set(key, entry)
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.max) break
      this.entries.delete(oldest)
    }
    entry.answer.then(
      (answer) => (entry.until = this.now() + this.lifetimeMs(answer)),
      () => {
        if (this.entries.get(key) === entry) this.entries.delete(key)
      },
    )
    return entry.answer
  }

  forget(key: string): void {
    this.entries.delete(key)
  }
}
