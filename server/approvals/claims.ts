/** Tracks open approvals and their single claim. */

/** `gone`: it expired, or was never opened here. */
export type Claim = 'claimed' | 'used' | 'gone'

export interface Claims {
  /**
   * Milliseconds of the expiry clock: shared by all claimants and independent of the system time.
   * @throws Error if it is unreadable
   */
  now: () => Promise<number>
  /**
   * Makes an approval claimable.
   * @param expiresAt by `now`
   * @throws Error if it cannot be stored
   */
  open: (id: string, expiresAt: number) => Promise<void>
  /**
   * Atomic.
   * @throws Error if it is unknown whether it was claimed before: then nothing may run
   */
  claim: (id: string) => Promise<Claim>
  close: () => Promise<void>
}

/**
 * Claims within this process. Its keys are random at each start, so approvals of an earlier process cannot be claimed.
 */
export class MemoryClaims implements Claims {
  /** By approval id, oldest first. */
  private readonly known = new Map<string, { expiresAt: number; isUsed: boolean }>()

  /** @param clock defaults to the process's monotonic clock */
  constructor(private readonly clock: () => number = () => performance.now()) {}

  async now(): Promise<number> {
    return this.clock()
  }

  async open(id: string, expiresAt: number): Promise<void> {
    this.forget()
    this.known.set(id, { expiresAt, isUsed: false })
  }

  // Decided before the first await, so that concurrent claims get different answers.
  async claim(id: string): Promise<Claim> {
    this.forget()
    const known = this.known.get(id)
    if (!known) return 'gone'
    if (known.isUsed) return 'used'
    known.isUsed = true
    return 'claimed'
  }

  async close(): Promise<void> {
    this.known.clear()
  }

  /** All have the same lifetime, so the oldest expires first. */
  private forget(): void {
    const now = this.clock()
    for (const [id, { expiresAt }] of this.known) {
      if (expiresAt > now) return
      this.known.delete(id)
    }
  }
}
