/** Tools that a session does not list for now because the cluster lacks something they need. */

/** How long a tool stays unlisted, in milliseconds. The cluster may have been extended meanwhile. */
const WITHDRAWN_MS = 10 * 60_000

export class WithdrawnTools {
  private readonly timers = new Map<string, NodeJS.Timeout>()

  /** @param changed called when the list of tools changes */
  constructor(private readonly changed: () => void) {}

  has(tool: string): boolean {
    return this.timers.has(tool)
  }

  add(tool: string): void {
    if (this.timers.has(tool)) return
    const timer = setTimeout(() => {
      this.timers.delete(tool)
      this.changed()
    }, WITHDRAWN_MS)
    this.timers.set(tool, timer.unref())
    this.changed()
  }

  clear(): void {
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
  }
}
