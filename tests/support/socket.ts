/** A client of `/api/ws`, using undici's WebSocket, which accepts headers unlike browsers. */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { WebSocket } from 'undici'
import type { Agent } from 'undici'
import type { z } from 'zod'
import { socketMessageSchema } from '../../shared/chat/turn-socket'
import type { Chunk } from './chat'

/** A message with the fields of all kinds. */
const messageSchema = socketMessageSchema.transform((message) => ({
  type: message.type,
  chunk: 'chunk' in message ? message.chunk : undefined,
  health: 'health' in message ? message.health : undefined,
  error: 'error' in message ? message.error : undefined,
}))
export type SocketAnswer = z.infer<typeof messageSchema>

export interface Socket {
  send: (message: object) => void
  sendText: (text: string) => void
  /** The next message; throws if the socket was closed. */
  next: () => Promise<SocketAnswer>
  /** The remaining chunks of the turn. */
  chunksUntilEnd: () => Promise<Chunk[]>
  close: () => void
}

/**
 * Opens a socket.
 * @throws Error with the status if the upgrade is refused
 */
export async function openSocket(
  url: string,
  {
    path = '/api/ws',
    headers = {},
    dispatcher,
  }: { path?: string; headers?: Record<string, string>; /** For a certificate of its own. */ dispatcher?: Agent } = {},
): Promise<Socket> {
  // A WebSocket sets its own Host. This extra request takes a connection slot briefly, so use it only if necessary.
  if (headers.host !== undefined) await requireUpgrade(`${url}${path}`, headers)
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, { headers, ...(dispatcher && { dispatcher }) })
  const arrived: SocketAnswer[] = []
  let wake = Promise.withResolvers<void>()
  let closed = false
  socket.addEventListener('message', ({ data }) => {
    arrived.push(messageSchema.parse(JSON.parse(String(data))))
    wake.resolve()
  })
  socket.addEventListener('close', () => {
    closed = true
    wake.resolve()
  })
  const opened = await new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true))
    socket.addEventListener('error', () => resolve(false))
  })
  if (!opened) {
    await requireUpgrade(`${url}${path}`, headers)
    throw new Error('the socket was not opened')
  }

  async function next(): Promise<SocketAnswer> {
    for (;;) {
      const message = arrived.shift()
      if (message) return message
      if (closed) throw new Error('the socket was closed')
      wake = Promise.withResolvers()
      await wake.promise
    }
  }

  return {
    send: (message) => socket.send(JSON.stringify(message)),
    sendText: (text) => socket.send(text),
    next,
    chunksUntilEnd: async () => {
      const chunks: Chunk[] = []
      for (;;) {
        const { type, chunk } = await next()
        if (type === 'end') return chunks
        if (chunk) chunks.push(chunk)
      }
    },
    close: () => socket.close(),
  }
}

/** @throws Error with the status if the upgrade is refused, which a WebSocket does not report */
async function requireUpgrade(url: string, headers: Record<string, string>): Promise<void> {
  const status = await upgradeStatus(url, headers)
  if (status !== 101) throw new Error(`the upgrade was answered with ${status}`)
}

function upgradeStatus(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? requestHttps : requestHttp
    const asked = request(url, {
      rejectUnauthorized: false,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-version': '13',
        ...headers,
      },
    })
    asked.once('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asked.once('upgrade', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode)
    })
    asked.once('error', reject)
    asked.end()
  })
}
