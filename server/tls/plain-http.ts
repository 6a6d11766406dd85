/** Answers plain HTTP on the HTTPS port: otherwise a browser shows only that the connection was reset. */
import type { Server } from 'node:https'
import type { Socket } from 'node:net'

/** The first byte of every TLS connection: the record type handshake (RFC 8446, 5.1). */
const TLS_HANDSHAKE = 0x16

const TEXT = 'This port speaks HTTPS. Use https:// instead of http:// in the address.\n'

const ANSWER = [
  'HTTP/1.1 400 Bad Request',
  'content-type: text/plain; charset=utf-8',
  'cache-control: no-store',
  `content-length: ${TEXT.length}`,
  'connection: close',
  '',
  TEXT,
].join('\r\n')

/** How long the client may take to read the answer, in milliseconds. */
const CLOSE_MS = 2000

/**
 * Looks at the first byte of each connection before the server does.
 * @param firstByteMs how long a connection may send nothing, in milliseconds
 * @returns ends connections that have sent nothing yet
 */
export function answerPlainHttp(server: Server, firstByteMs: number): () => void {
  const waiting = new Set<Socket>()
  const accept = server.listeners('connection')
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    waiting.add(socket)
    const timer = setTimeout(() => socket.destroy(), firstByteMs)
    const fail = () => socket.destroy()
    const finish = () => {
      clearTimeout(timer)
      waiting.delete(socket)
    }
    const look = () => {
      const first: unknown = socket.read()
      if (!Buffer.isBuffer(first)) return
      finish()
      socket.off('readable', look).off('close', finish).off('error', fail)
      if (first[0] === TLS_HANDSHAKE) {
        socket.unshift(first)
        for (const each of accept) each.call(server, socket)
      } else refuse(socket)
    }
    socket.on('readable', look).once('close', finish).once('error', fail)
  })
  return () => {
    for (const socket of waiting) socket.destroy()
  }
}

function refuse(socket: Socket): void {
  socket.once('error', () => socket.destroy())
  socket.setTimeout(CLOSE_MS, () => socket.destroy())
  // Unread data would make the system reset the connection before the client has read the answer.
  socket.resume().end(ANSWER)
}
