/** A proxy between the assistant and an MCP server over HTTP that can forget sessions and return garbage. */
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'

export interface Junk {
  status: number
  type: string
  /** `$ID` stands for the call's id. */
  body: string
  /** With HTTP+SSE the POST's response is empty, and the body is an event of the stream. */
  inStream?: boolean
}

export interface McpProxy {
  url: string
  /** Answers requests of all current sessions with this status, as a restarted server does. */
  forget: (status: number, words: string) => void
  /** Replaces the response to the next tool call, which does not reach the server. */
  junk: (junk: Junk) => void
  close: () => Promise<void>
}

/** @param target URL of the MCP server with its path */
export async function startMcpProxy(target: string): Promise<McpProxy> {
  const known = new Set<string>()
  const forgotten = new Map<string, { status: number; words: string }>()
  const streams = new Map<string, ServerResponse>()
  let next: Junk | undefined

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readBody(incoming)
    const session = sessionOf(incoming)
    if (session !== undefined) known.add(session)
    const gone = session === undefined ? undefined : forgotten.get(session)
    if (gone) {
      outgoing.writeHead(gone.status, { 'content-type': 'text/plain' }).end(gone.words)
      return
    }
    const id = next && /"method":"tools\/call"/.test(body) ? /"id":(\d+)/.exec(body)?.[1] : undefined
    if (next && id !== undefined) {
      const { status, type, body: junk, inStream } = next
      next = undefined
      const text = junk.replaceAll('$ID', id)
      if (inStream) {
        outgoing.writeHead(202).end('Accepted')
        streams.get(session ?? '')?.write(text)
      } else outgoing.writeHead(status, { 'content-type': type }).end(text)
      return
    }
    pass(incoming, outgoing, body)
  }

  function pass(incoming: IncomingMessage, outgoing: ServerResponse, body: string): void {
    const url = new URL(incoming.url ?? '/', target)
    // Servers check the Host header.
    const headers = { ...incoming.headers, host: url.host }
    const forwarded = request(url, { method: incoming.method, headers }, (answered) => {
      outgoing.writeHead(answered.statusCode ?? 502, answered.headers)
      outgoing.flushHeaders()
      answered.on('data', (chunk: Buffer) => {
        const opened = /sessionId=([\w-]+)/.exec(chunk.toString('utf8'))?.[1]
        if (opened !== undefined && incoming.method === 'GET') streams.set(opened, outgoing)
      })
      answered.once('error', () => outgoing.destroy())
      answered.pipe(outgoing)
    })
    forwarded.once('error', () => outgoing.destroy())
    outgoing.once('close', () => forwarded.destroy())
    forwarded.end(body)
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = new URL(target)
  url.port = String(typeof address === 'object' ? address?.port : 0)
  return {
    url: url.href,
    forget: (status, words) => {
      for (const session of known) forgotten.set(session, { status, words })
      known.clear()
    },
    junk: (junk) => (next = junk),
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function sessionOf({ headers, url = '/' }: IncomingMessage): string | undefined {
  const header = headers['mcp-session-id']
  return typeof header === 'string' ? header : (new URL(url, 'http://mcp').searchParams.get('sessionId') ?? undefined)
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
