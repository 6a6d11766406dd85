/** A TCP proxy that breaks its connections, at once or after a number of bytes to the client. */
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'

export interface CuttingProxy {
  port: number
  /** Breaks every connection now. */
  cut: () => void
  /** Breaks every connection once so many further bytes went to the client. */
  cutAfter: (bytes: number) => void
  /** How often something was broken. */
  cuts: () => number
  close: () => Promise<void>
}

export async function startCuttingProxy(targetPort: number): Promise<CuttingProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let left = Infinity
  let cuts = 0
  const cut = () => {
    left = Infinity
    cuts++
    for (const [client, target] of pairs) {
      client.resetAndDestroy()
      target.resetAndDestroy()
    }
  }
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1')
    const pair = [client, target] as const
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      target.destroy()
    }
    for (const socket of pair) socket.on('close', end).on('error', end)
    client.pipe(target)
    target.on('data', (piece: Buffer) => {
      const sent = piece.subarray(0, Math.min(piece.length, left))
      left -= sent.length
      if (left > 0) return void client.write(sent)
      // The last bytes shall arrive before the break.
      left = Infinity
      client.write(sent, cut)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut,
    cutAfter: (bytes) => (left = bytes),
    cuts: () => cuts,
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
