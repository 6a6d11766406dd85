/** A program of ours that several sessions may use: each user has a session of their own. */
export class SharedProgram {
  /** Running writes of all sessions. */
  private writes = 0

  /** @param kill ends the program, which is then restarted */
  constructor(private readonly kill: () => void) {}

  /**
   * Keeps the program while a write may run in it.
   * @returns to call when the write has ended
   */
  holdForWrite(): () => void {
    this.writes++
    return () => void this.writes--
  }

  /** Ends a program that hangs, unless a write may still run in it. */
  replace(): void {
    if (this.writes === 0) this.kill()
  }
}
