/** A credential that no log, error or JSON can contain: only `reveal` returns it. */
import { createHash } from 'node:crypto'
import { inspect } from 'node:util'

const HIDDEN = '<hidden>'

export class Secret {
  readonly #value: string
  /** SHA-256 in hex, to find it again without keeping it. */
  readonly hash: string

  constructor(value: string) {
    this.#value = value
    this.hash = createHash('sha256').update(value).digest('hex')
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [inspect.custom](): string {
    return HIDDEN
  }
}
