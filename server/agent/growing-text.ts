/** A text to which a model's tokens are added. Joined now and then: a string for each token would fill the memory. */

/** So many pieces are joined to one. */
const JOINED = 64

export class GrowingText {
  private readonly pieces: string[] = []
  /** Pieces at the end that are not joined yet. */
  private loose = 0
  /** In characters. */
  length = 0

  add(piece: string): void {
    this.length += piece.length
    this.pieces.push(piece)
    if (++this.loose < JOINED) return
    this.pieces.push(this.pieces.splice(-JOINED).join(''))
    this.loose = 0
  }

  /** The end of the text after its first `length` characters. */
  since(length: number): string {
    let at = this.pieces.length
    let start = this.length
    while (at > 0 && start > length) start -= this.pieces[--at]?.length ?? 0
    const last = this.pieces.length - 1
    const text = at === last ? (this.pieces[last] ?? '') : this.pieces.slice(at).join('')
    return start === length ? text : text.slice(length - start)
  }

  toString(): string {
    return this.pieces.join('')
  }
}
