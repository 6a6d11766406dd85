/** Passes the built server's WebSocket upgrades to the socket's hooks. */
import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import nodeAdapter from 'crossws/adapters/node'
import { socketHooks } from './hooks'

/** The limit of a `POST /api/chat` body, plus the envelope. */
const MAX_MESSAGE_BYTES = 1024 * 1024 + 1024

/** Idle time before TCP keep-alive probes, in milliseconds. */
const KEEPALIVE_MS = 30_000

const NOT_FOUND = 'HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'

export interface SocketServer {
  /** Handler of the server's event `upgrade`. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Sends a close frame to all clients. */
  close: () => void
  /** Disconnects clients that did not respond to it. */
  cut: () => void
}

export function createSocketServer(): SocketServer {
  // Resolved here: with a relative base URL the router resolves no sockets.
  const adapter = nodeAdapter({
    resolve: async () => socketHooks,
    serverOptions: { maxPayload: MAX_MESSAGE_BYTES },
  })
  return {
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy())
      // A silently disconnected client must not keep its slot.
      if (socket instanceof Socket) socket.setKeepAlive(true, KEEPALIVE_MS)
      if (request.url?.split('?')[0] === '/api/ws') void adapter.handleUpgrade(request, socket, head)
      else socket.end(NOT_FOUND)
    },
    close: () => adapter.closeAll(1001, 'the server is being stopped'),
    cut: () => adapter.closeAll(1001, undefined, true),
  }
}
