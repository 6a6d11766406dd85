/** Serves one client over stdin and stdout. */
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { ProtocolServer } from '../protocol/session'

/** How long requests may run after stdin ends, in milliseconds: `echo … | server.mjs` still gets its answer. */
const GRACE_MS = 30_000

/** Resolves when the client has disconnected and its last request is answered. */
export async function serveStdio({ server, idle }: ProtocolServer): Promise<void> {
  const ended = stdinEnded()
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  const transport = new StdioServerTransport()
  // The client no longer reads.
  process.stdout.on('error', () => resolve())
  await server.connect(transport)
  await Promise.race([ended, closed])
  // Requests in the last chunk of stdin start in this turn of the event loop.
  await new Promise((turn) => setImmediate(turn))
  await Promise.race([idle(), closed, new Promise((late) => setTimeout(late, GRACE_MS).unref())])
  // The last answer is written in the turn in which it becomes ready.
  await new Promise((turn) => setImmediate(turn))
  await server.close()
}

/** Resolves when stdin ends, i.e. the client or parent has exited. */
export function stdinEnded(): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once('end', resolve)
    process.stdin.once('close', resolve)
    process.stdin.once('error', () => resolve())
  })
}
