/** Pauses a scripted answer until the test releases it. */
export interface Gate {
  /** Resolves when an answer has reached the gate. */
  readonly reached: Promise<void>
  release: () => void
  /** Called by the server: reports the arrival and waits. */
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
