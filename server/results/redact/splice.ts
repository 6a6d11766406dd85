/** Replaces parts of a long text in one pass. */
export class Splice {
  private readonly pieces: string[] = []
  private readonly text: string
  private from = 0

  constructor(text: string) {
    this.text = text
  }

  /** Everything before this index is written. */
  get position(): number {
    return this.from
  }

  /** Puts `value` in place of start..end. Calls must come in the order of the text; one that reaches back is cut. */
  replace(start: number, end: number, value: string): void {
    if (end <= this.from) return
    this.pieces.push(this.text.slice(this.from, Math.max(start, this.from)), value)
    this.from = end
  }

  toString(): string {
    return this.from === 0 && this.pieces.length === 0 ? this.text : this.pieces.join('') + this.text.slice(this.from)
  }
}
