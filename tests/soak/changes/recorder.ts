/**
 * A proxy before an API server that records every write with its login. It can switch to another API server, as a load
 * balancer does, by closing all connections.
 */
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { Agent, request } from 'undici'
import { selfSigned } from '../../support/app/certificate'
import type { KubeApi } from '../../support/kube/kube-api'

export interface RecordedWrite {
  /** The API server that received it. */
  server: string
  request: string
  token: string
  /** The impersonated user, if any. */
  as: string | undefined
}

export interface Recorder {
  url: string
  /** PEM, for clients that verify certificates. */
  ca: string
  writes: RecordedWrite[]
  /** Closes all connections; new ones lead to this API server. */
  lead: (to: KubeApi) => void
  /** Called when a request arrives, before it is forwarded. */
  onRequest: (() => void) | undefined
  /** Requests whose path contains this text get 404. */
  missing: string | undefined
  close: () => Promise<void>
}

const { cert, key } = selfSigned('recorder')

/** Hop-by-hop headers. */
const OF_CONNECTION = new Set(['connection', 'host', 'keep-alive', 'transfer-encoding', 'content-length'])

export async function startRecorder(first: KubeApi): Promise<Recorder> {
  const agents = new Map<KubeApi, Agent>()
  const agentOf = (api: KubeApi) => {
    const agent = agents.get(api) ?? new Agent({ connect: { ca: api.ca } })
    agents.set(api, agent)
    return agent
  }
  const targets = new Map<Duplex, KubeApi>()
  let target = first
  const server = createServer({ cert, key }, (incoming, outgoing) => {
    const api = targets.get(incoming.socket)
    if (api) void answer(incoming, outgoing, api).catch(() => outgoing.destroy())
    else outgoing.destroy()
  })
  server.on('secureConnection', (socket) => {
    targets.set(socket, target)
    socket.once('close', () => targets.delete(socket)).on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the recorder has no port')

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse, api: KubeApi): Promise<void> => {
    const pieces: Buffer[] = []
    for await (const piece of incoming) pieces.push(Buffer.from(piece))
    recorder.onRequest?.()
    // If the connection was just closed, the request never arrived.
    if (incoming.socket.destroyed) return
    const { method = 'GET', url = '/', headers } = incoming
    if (recorder.missing !== undefined && url.includes(recorder.missing)) {
      outgoing.writeHead(404, { 'content-type': 'application/json' }).end('{"kind":"Status","code":404}')
      return
    }
    const body = Buffer.concat(pieces)
    if (isWrite(method, url, body)) recorder.writes.push(recorded(incoming, api))
    const sent = Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name))
    const answered = await request(api.server + url, {
      dispatcher: agentOf(api),
      method: methodOf(method),
      headers: Object.fromEntries(sent),
      body: body.length > 0 ? body : null,
    })
    const back = Object.entries(answered.headers).filter(([name]) => !OF_CONNECTION.has(name))
    outgoing.writeHead(answered.statusCode, Object.fromEntries(back))
    answered.body.once('error', () => outgoing.destroy()).pipe(outgoing)
  }
  const cut = () => targets.forEach((_, socket) => socket.destroy())
  const recorder: Recorder = {
    url: `https://127.0.0.1:${address.port}`,
    ca: cert,
    writes: [],
    onRequest: undefined,
    missing: undefined,
    lead: (to) => {
      target = to
      cut()
    },
    close: async () => {
      cut()
      server.close()
      await Promise.all([...agents.values()].map((each) => each.destroy()))
    },
  }
  return recorder
}

/** Dry runs and access reviews change nothing. */
function isWrite(method: string, url: string, body: Buffer): boolean {
  if (method === 'GET' || method === 'HEAD') return false
  if (/\/apis\/(authentication|authorization)\.k8s\.io\//.test(url)) return false
  return !/[?&]dryRun=All/.test(url) && !/"dryRun":\["All"\]/.test(body.toString('latin1'))
}

function recorded({ method, url, headers }: IncomingMessage, { server }: KubeApi): RecordedWrite {
  const as = headers['impersonate-user']
  return {
    server,
    request: `${method} ${url}`,
    token: (headers.authorization ?? '').replace(/^Bearer /, ''),
    as: typeof as === 'string' ? as : undefined,
  }
}

function methodOf(method: string) {
  switch (method) {
    case 'GET':
    case 'HEAD':
    case 'POST':
    case 'PUT':
    case 'PATCH':
    case 'DELETE':
      return method
    default:
      throw new Error(`an API server is not asked by ${method}`)
  }
}
