/** A proxy between browser and server that buffers streams, cuts them, or is unreachable for a while. */
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

export interface WebProxy {
  url: string
  /** Forwarded requests, e.g. `POST /api/chat`. */
  requests: () => string[]
  /** Buffers server-sent events, including headers, until their end. */
  holdEvents: boolean
  /** Blocks WebSockets. */
  refuseSockets: boolean
  /** Breaks all connections, and new ones until it is set to false. */
  setAway: (isAway: boolean) => void
  /** Cuts the open streams. A clean cut looks like a normal end. */
  cutStreams: (how: 'broken' | 'clean') => void
  close: () => Promise<void>
}

/** @param target the proxied server; Host and Origin are kept */
export async function startWebProxy(target: string): Promise<WebProxy> {
  const { hostname, port } = new URL(target)
  const seen: string[] = []
  const streams = new Set<ServerResponse>()
  const sockets = new Set<Duplex>()
  let isAway = false

  function forward(incoming: IncomingMessage, outgoing: ServerResponse): void {
    seen.push(`${incoming.method} ${incoming.url}`)
    const { method, url, headers } = incoming
    const forwarded = request({ hostname, port, method, path: url, headers, agent: false }, (answered) => {
      const isStream = (answered.headers['content-type'] ?? '').startsWith('text/event-stream')
      if (isStream && proxy.holdEvents) return void hold(answered, outgoing).catch(() => outgoing.destroy())
      outgoing.writeHead(answered.statusCode ?? 502, answered.headers)
      outgoing.flushHeaders()
      if (isStream) streams.add(outgoing)
      answered.pipe(outgoing)
    })
    forwarded.once('error', () => outgoing.destroy())
    outgoing.once('close', () => {
      streams.delete(outgoing)
      forwarded.destroy()
    })
    incoming.pipe(forwarded)
  }

  async function hold(answered: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    answered.on('data', (chunk: Buffer) => chunks.push(chunk))
    await once(answered, 'end')
    outgoing.writeHead(answered.statusCode ?? 502, answered.headers)
    outgoing.end(Buffer.concat(chunks))
  }

  const server = createServer(forward)
  server.on('connection', (socket: Socket) => {
    if (isAway) return void socket.destroy()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    if (proxy.refuseSockets) return void socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
    const upstream = connect(Number(port), hostname)
    upstream.on('error', () => socket.destroy())
    socket.once('close', () => upstream.destroy())
    upstream.once('close', () => socket.destroy())
    upstream.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${rawHeaders(incoming)}\r\n\r\n`)
    upstream.write(head)
    socket.pipe(upstream).pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()

  const proxy: WebProxy = {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    requests: () => [...seen],
    holdEvents: false,
    refuseSockets: false,
    setAway: (away) => {
      isAway = away
      if (away) for (const socket of sockets) socket.destroy()
    },
    cutStreams: (how) => {
      for (const stream of streams) {
        if (how === 'clean') stream.end()
        else stream.destroy()
      }
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}

function rawHeaders({ rawHeaders: raw }: IncomingMessage): string {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${raw[at + 1]}`] : [])).join('\r\n')
}
