/** What several faults use one after the other: each leaves it working, as its recovery has shown. */

interface Closable {
  close: () => Promise<void>
}

const closers: (() => Promise<void>)[] = []

/** Starts it when it is first asked for; it runs until `closeShared`. */
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

/** What was started last is closed first. */
export async function closeShared(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close()
}
