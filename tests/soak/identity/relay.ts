/** A TCP relay that switches one address between API servers. */
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'

export interface Relay {
  port: number
  /** Closes all connections; new ones lead to this API server. */
  lead: (server: string) => void
  close: () => Promise<void>
}

export async function startRelay(server: string): Promise<Relay> {
  let target = new URL(server)
  const open = new Set<Socket>()
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => undefined).once('close', () => open.delete(socket))
  }
  const cut = () => open.forEach((socket) => socket.destroy())
  const relay = createServer((from) => {
    const to = connect(Number(target.port || 443), target.hostname)
    keep(from)
    keep(to)
    from.pipe(to).pipe(from)
    from.once('close', () => to.destroy())
    to.once('close', () => from.destroy())
  })
  await new Promise<void>((resolve, reject) => relay.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = relay.address()
  if (address === null || typeof address === 'string') throw new Error('the relay has no port')
  return {
    port: address.port,
    lead: (to) => {
      target = new URL(to)
      cut()
    },
    close: async () => {
      cut()
      await new Promise((resolve) => relay.close(resolve))
    },
  }
}
