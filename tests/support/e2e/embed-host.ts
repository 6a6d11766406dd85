/**
 * A site that frames the assistant: an HTTPS server for any host name, with a page that uses our `connectFrame`, and
 * paths that lead to other servers, as Rancher's do.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request as requestHttp } from 'node:http'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { createServer, request as requestHttps } from 'node:https'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { root } from '../../../scripts/paths.mjs'
import { selfSigned } from '../app'

/** Requests below `path` go to `url`, which may have a path; `stripped`: without theirs. */
export interface Forward {
  path: string
  url: string
  headers?: Record<string, string>
  stripped?: boolean
}

export interface EmbedHost {
  port: number
  forwards: Forward[]
  close: () => Promise<void>
}

/** The page's state is `window.host`: what the frame sent, and the connection. */
const PAGE = `<!doctype html><title>Host</title>
<style>body { margin: 0; display: flex; flex-direction: column; height: 100vh } iframe { flex: 1; border: 0 }</style>
<input id="typing" aria-label="Search the host" />
<a id="new-tab" target="_blank" hidden>Open the assistant in a new tab</a>
<script type="module">
  import { connectFrame } from '/embed/host'
  const query = new URLSearchParams(location.search)
  const src = new URL(query.get('src') ?? '/', location.href)
  const state = { theme: 'light', locale: query.get('locale') ?? 'en', context: { namespaces: [], resources: [] } }
  const received = []
  const frame = document.createElement('iframe')
  const link = document.querySelector('#new-tab')
  const on = (message) => void received.push(message)
  window.host = { state, received, load, events: [], connection: undefined }
  const tell = (event) => () => {
    window.host.events.push(event)
    link.href = src.href
    link.hidden = event === 'ready'
  }
  window.addEventListener('securitypolicyviolation', () => window.host.events.push('violation'))
  function load() {
    frame.allow = 'clipboard-write'
    frame.src = src.href
    document.body.append(frame)
    const handlers = { hello: () => state, navigate: on, badge: on, open: on, ready: tell('ready'), silent: tell('silent') }
    window.host.connection = connectFrame(frame, src.origin, handlers, 8000)
  }
  if (!query.has('later')) load()
</script>`

/** @param forwards may be changed later */
export async function startEmbedHost(forwards: Forward[] = []): Promise<EmbedHost> {
  const server = createServer(selfSigned('embed host'), (incoming, outgoing) => {
    const forward = forwardOf(incoming, forwards)
    if (forward) return proxy(incoming, outgoing, forward)
    const { pathname } = new URL(incoming.url ?? '/', 'https://host.test')
    const module = /^\/embed\/([a-z]+)$/.exec(pathname)?.[1]
    const [type, body] = module === undefined ? ['text/html', PAGE] : ['text/javascript', script(module)]
    outgoing.writeHead(200, { 'content-type': type }).end(body)
  })
  const sockets = new Set<Duplex>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    const forward = forwardOf(incoming, forwards)
    if (!forward) return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n')
    const upstream = send(incoming, forward)
    upstream.once('upgrade', (answered, other) => {
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${rawHeaders(answered)}\r\n\r\n`)
      other.write(head)
      other.on('error', () => socket.destroy())
      socket.pipe(other).pipe(socket)
    })
    upstream.once('response', () => socket.destroy())
    upstream.once('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
    upstream.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    forwards,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The protocol as a host's build would serve it. */
function script(module: string): string {
  return stripTypeScriptTypes(readFileSync(join(root, 'shared', 'embed', `${module}.ts`), 'utf8'))
}

function forwardOf({ url = '/' }: IncomingMessage, forwards: readonly Forward[]): Forward | undefined {
  return forwards.find(({ path }) => url === path || url.startsWith(`${path}/`) || url.startsWith(`${path}?`))
}

function send(incoming: IncomingMessage, { path, url, headers = {}, stripped = false }: Forward) {
  const target = new URL(url)
  const rest = stripped ? (incoming.url ?? '').slice(path.length) : (incoming.url ?? '')
  const { host = '', ...others } = incoming.headers
  const forwarded: OutgoingHttpHeaders = { ...others, ...headers, host, 'x-forwarded-host': host }
  return (target.protocol === 'https:' ? requestHttps : requestHttp)({
    hostname: target.hostname,
    port: target.port,
    method: incoming.method,
    path: rest.startsWith('/') ? rest : `/${rest}`,
    headers: { ...forwarded, 'x-forwarded-proto': 'https' },
    agent: false,
    rejectUnauthorized: false,
  })
}

function proxy(incoming: IncomingMessage, outgoing: ServerResponse, forward: Forward): void {
  const forwarded = send(incoming, forward)
  forwarded.once('response', (answered) => {
    const { location } = answered.headers
    // The API server does not know the prefix that Rancher removes.
    const moved = forward.stripped && location?.startsWith('/') ? { location: `${forward.path}${location}` } : {}
    outgoing.writeHead(answered.statusCode ?? 502, { ...answered.headers, ...moved })
    outgoing.flushHeaders()
    answered.pipe(outgoing)
  })
  forwarded.once('error', () => outgoing.destroy())
  outgoing.once('close', () => forwarded.destroy())
  incoming.pipe(forwarded)
}

function rawHeaders({ rawHeaders: raw }: IncomingMessage): string {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${raw[at + 1]}`] : [])).join('\r\n')
}
