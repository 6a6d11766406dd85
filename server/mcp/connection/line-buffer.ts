/** Collects a stdio server's output until a line is complete. */
import { ReadBuffer, STDIO_DEFAULT_MAX_BUFFER_SIZE } from '@modelcontextprotocol/sdk/shared/stdio.js'

const NEWLINE = 0x0a

/**
 * The SDK's buffer copies its whole content for each chunk of 64 KiB, and Node reads 32 chunks in one turn of the event
 * loop: a result of 10 MB blocked everything for 50 ms. This one copies a line once.
 */
export class LineBuffer extends ReadBuffer {
  private pieces: Buffer[] = []
  private size = 0

  /** @throws Error if a line exceeds the SDK's limit; the collected part is dropped */
  override append(piece: Buffer): void {
    this.pieces.push(piece)
    this.size += piece.length
    if (!piece.includes(NEWLINE)) {
      if (this.size <= STDIO_DEFAULT_MAX_BUFFER_SIZE) return
      this.clear()
      throw new Error(`a message of more than ${STDIO_DEFAULT_MAX_BUFFER_SIZE} bytes`)
    }
    const lines = Buffer.concat(this.pieces, this.size)
    this.forget()
    super.append(lines)
  }

  override clear(): void {
    this.forget()
    super.clear()
  }

  private forget(): void {
    this.pieces = []
    this.size = 0
  }
}
