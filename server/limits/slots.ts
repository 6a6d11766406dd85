/** Limits concurrent uses by key. */
export class Slots {
  private readonly taken = new Map<string, number>()

  constructor(readonly max: number) {}

  isFull(key: string): boolean {
    return (this.taken.get(key) ?? 0) >= this.max
  }

  /** @returns an idempotent function that frees the slot; undefined if none is free */
  take(key: string): (() => void) | undefined {
    if (this.isFull(key)) return undefined
    this.change(key, 1)
    let isTaken = true
    return () => {
      if (isTaken) this.change(key, -1)
      isTaken = false
    }
  }

  private change(key: string, by: number): void {
    const count = (this.taken.get(key) ?? 0) + by
    if (count > 0) this.taken.set(key, count)
    else this.taken.delete(key)
  }
}
