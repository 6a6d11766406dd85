/** How often something may be done, by key: a bucket of tokens for each, which fills up again with time. */

/** Keys that are remembered; the ones longest unused go first. */
const MAX_KEYS = 10_000

interface Bucket {
  tokens: number
  /** When `tokens` was true, in milliseconds. */
  at: number
}

export class Rate {
  private readonly buckets = new Map<string, Bucket>()

  /**
   * @param perMinute how often; as many may come at once
   * @param now milliseconds of a clock that never goes back
   */
  constructor(
    private readonly perMinute: number,
    private readonly now = () => performance.now(),
  ) {}

  /** Whole seconds until it may be done again; 0: now. */
  wait(key: string): number {
    const { tokens } = this.bucket(key)
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil(((1 - tokens) * 60) / this.perMinute))
  }

  /**
   * Does it, where it may be done.
   * @returns seconds to wait, as `wait`; 0: it was counted
   */
  take(key: string): number {
    const seconds = this.wait(key)
    if (seconds > 0) return seconds
    const bucket = this.bucket(key)
    // Last in the order of the map: used last.
    this.buckets.delete(key)
    this.buckets.set(key, { ...bucket, tokens: bucket.tokens - 1 })
    for (const oldest of this.buckets.keys()) {
      if (this.buckets.size <= MAX_KEYS) break
      this.buckets.delete(oldest)
    }
    return 0
  }

  private bucket(key: string): Bucket {
    const now = this.now()
    const { tokens, at } = this.buckets.get(key) ?? { tokens: this.perMinute, at: now }
    return { tokens: Math.min(this.perMinute, tokens + ((now - at) * this.perMinute) / 60_000), at: now }
  }
}
