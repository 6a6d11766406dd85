/** Which approvals are open, until when, and who comes first with one: each is claimed once, by one. */

/** `gone`: it has expired, or was never opened here. */
export type Claim = 'claimed' | 'used' | 'gone'

export interface Claims {
  /**
   * Milliseconds of the clock by which approvals expire: one for all that may claim, and one that nobody sets.
   * @throws Error if it cannot be read
   */
  now: () => Promise<number>
  /**
   * Makes an approval one that can be claimed.
   * @param expiresAt by `now`
   * @throws Error if it cannot be kept
   */
  open: (id: string, expiresAt: number) => Promise<void>
  /**
   * Atomic, whoever else claims it at the same moment.
   * @throws Error if it cannot be known whether it was claimed before: then nothing may run
   */
  claim: (id: string) => Promise<Claim>
  close: () => Promise<void>
}

/** Of this process. Its keys are random at each start, so that nothing which an earlier one signed can be claimed here. */
export class MemoryClaims implements Claims {
  /** By the approvals' ids, oldest first. */
  private readonly known = new Map<string, { expiresAt: number; isUsed: boolean }>()

  /** @param clock of the process by default: no step of the system's time moves it */
  constructor(private readonly clock: () => number = () => performance.now()) {}

  async now(): Promise<number> {
    return this.clock()
  }

  async open(id: string, expiresAt: number): Promise<void> {
    this.forget()
    this.known.set(id, { expiresAt, isUsed: false })
  }

  // Decided before the first await: two that come together get different answers.
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

  /** All last equally long, so that the oldest expires first. */
  private forget(): void {
    const now = this.clock()
    for (const [id, { expiresAt }] of this.known) {
      if (expiresAt > now) return
      this.known.delete(id)
    }
  }
}
