/** A point at which a scripted answer waits until the test lets it go on. */
export interface Gate {
  /** Resolves when an answer has come to the gate. */
  readonly reached: Promise<void>
  release: () => void
  /** For the server: says that it is here, and waits. */
  pass: () => Promise<void>
}

export function createGate(): Gate {
  const reached = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  return {
    reached: reached.promise,
    release: released.resolve,
    pass: () => {
      reached.resolve()
      return released.promise
    },
  }
}
