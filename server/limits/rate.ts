/** Rate limits by key: a token bucket for each. */

/** Maximum remembered keys; the least recently used are dropped. */
const MAX_KEYS = 10_000

interface Bucket {
  tokens: number
  /** Time of `tokens`, in milliseconds. */
  at: number
}

export class Rate {
  private readonly buckets = new Map<string, Bucket>()

  /**
   * @param perMinute rate and burst size
   * @param now milliseconds of a monotonic clock
   */
  constructor(
    private readonly perMinute: number,
    private readonly now = () => performance.now(),
  ) {}

  /** Whole seconds until the next use; 0: now. */
  wait(key: string): number {
    const { tokens } = this.bucket(key)
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil(((1 - tokens) * 60) / this.perMinute))
  }

  /**
   * Consumes a token if available.
   * @returns seconds to wait, as `wait`; 0: consumed
   */
  take(key: string): number {
    const seconds = this.wait(key)
    if (seconds > 0) return seconds
    const bucket = this.bucket(key)
    // Moves the key to the end of the map: most recently used.
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
