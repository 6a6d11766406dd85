/** Resources that several faults share: each fault leaves them working, as its recovery shows. */

interface Closable {
  close: () => Promise<void>
}

const closers: (() => Promise<void>)[] = []

/** Starts it at the first use; it runs until `closeShared`. */
export function shared<T extends Closable>(start: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => {
    if (running) return running
    const started = (running = start())
    closers.push(async () => {
      running = undefined
      await (await started.catch(() => undefined))?.close()
    })
    return started
  }
}

/** Closes in reverse order. */
export async function closeShared(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close()
}
