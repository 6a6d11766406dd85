/** An error with a user-facing message. */
import type { Message } from './message'

export class LocalizedError extends Error {
  /** @param detail problem and fix; `message` is its English text */
  constructor(
    readonly detail: Message,
    options?: ErrorOptions,
  ) {
    super(detail.text, options)
    this.name = new.target.name
  }
}
