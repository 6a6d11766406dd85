/** Hands WebSocket upgrades of the built server to the socket's hooks. */
import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import nodeAdapter from 'crossws/adapters/node'
import { socketHooks } from './hooks'

/** As the body of `POST /api/chat`, with its envelope. */
const MAX_MESSAGE_BYTES = 1024 * 1024 + 1024

/** Silence after which the other end is asked whether it is there, in milliseconds. */
const KEEPALIVE_MS = 30_000

const NOT_FOUND = 'HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'

export interface SocketServer {
  /** For the server's event `upgrade`. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Says goodbye to all clients. */
  close: () => void
  /** Cuts those that did not answer it. */
  cut: () => void
}

export function createSocketServer(): SocketServer {
  // Resolved here and not by the router: under a relative base URL the router resolves no sockets.
  const adapter = nodeAdapter({
    resolve: async () => socketHooks,
    serverOptions: { maxPayload: MAX_MESSAGE_BYTES },
  })
  return {
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy())
      // A client that is gone without a word must not keep its seat.
      if (socket instanceof Socket) socket.setKeepAlive(true, KEEPALIVE_MS)
      if (request.url?.split('?')[0] === '/api/ws') void adapter.handleUpgrade(request, socket, head)
      else socket.end(NOT_FOUND)
    },
    close: () => adapter.closeAll(1001, 'the server is being stopped'),
    cut: () => adapter.closeAll(1001, undefined, true),
  }
}
