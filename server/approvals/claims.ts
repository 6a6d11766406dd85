/** Who comes first with an approval: each id is claimed once, by one. */

export interface Claims {
  /**
   * Atomic, whoever else claims it at the same moment.
   * @param expiresAt milliseconds since the epoch until which it must be remembered
   * @returns whether it had not been claimed before
   * @throws Error where that cannot be known: then nothing may run
   */
  claim: (id: string, expiresAt: number) => Promise<boolean>
  close: () => Promise<void>
}

/** Of this process. Its keys are random at each start, so that nothing which an earlier one signed can be claimed here. */
export class MemoryClaims implements Claims {
  private readonly taken = new Map<string, number>()

  constructor(private readonly now: () => number = Date.now) {}

  // Decided before the first await: two who come together are told apart.
  async claim(id: string, expiresAt: number): Promise<boolean> {
    this.forget()
    if (this.taken.has(id)) return false
    this.taken.set(id, expiresAt)
    return true
  }

  async close(): Promise<void> {
    this.taken.clear()
  }

  /** Those that have expired are refused for that; oldest first, since all last equally long. */
  private forget(): void {
    const now = this.now()
    for (const [id, expiresAt] of this.taken) {
      if (expiresAt > now) return
      this.taken.delete(id)
    }
  }
}
