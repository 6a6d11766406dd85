/**
 * The API server as the helm program sees it: a loopback proxy with the session's login. Credentials stay in this
 * process and each connection's cluster is checked. Helm may only read, dry-run (`dryRun=All`), or make approved
 * writes.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { KubeError } from '../../kubernetes/errors/errors'
import { isDeniedNamespace } from '../../kubernetes/rules'
import type { Cluster, ForwardedAnswer } from '../../kubernetes/types'
import { parseApiPath } from '../../../shared/kubernetes/api'
import type { ApiPath } from '../../../shared/kubernetes/api'
import { statusAnswer } from './exchange'
import type { ApiRequest, WriteHandler } from './exchange'

export interface Gateway {
  kubeconfig: object
  /** Refuses all further writes. */
  stop: () => void
  close: () => Promise<void>
}

/** Limit of a request, in bytes. The API server accepts 3 MiB. */
const MAX_BODY = 8 * 1024 * 1024

/** Hop-by-hop headers, not forwarded in either direction. */
const DROPPED = new Set([
  'host',
  'connection',
  'authorization',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
])

/**
 * @param handleWrite answers everything except reads and access reviews
 * @param signal ends open requests
 */
export async function openGateway(cluster: Cluster, handleWrite: WriteHandler, signal: AbortSignal): Promise<Gateway> {
  const token = randomBytes(32).toString('hex')
  let stopped = false
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = authorizedUrl(request.url ?? '', token)
    if (url === undefined) return sendStatus(response, 401, 'Unauthorized')
    const sent = await readRequest(request, url, signal)
    if (!sent) return sendStatus(response, 400, 'The request cannot be read.')
    const { target } = sent
    if (isDeniedNamespace(cluster.rules, namespaceOf(target)))
      return sendStatus(
        response,
        403,
        `The operator has excluded the namespace ${namespaceOf(target)} from the assistant.`,
      )
    if (isRead(sent)) return await pipe(await cluster.client.forward(sent), response)
    if (stopped) return sendStatus(response, 403, 'The call was cancelled.')
    const { status, headers, body } = await handleWrite(sent)
    response.writeHead(status, headers).end(body)
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      if (response.headersSent) response.destroy()
      else sendStatus(response, error instanceof KubeError && error.code === 'cluster-changed' ? 403 : 502, message)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the gateway has no port')
  return {
    kubeconfig: kubeconfig(`http://127.0.0.1:${address.port}/${token}`),
    stop: () => {
      stopped = true
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The secret is in the path, since Go's client sends no token without TLS. Only this user can read the file. */
function kubeconfig(server: string): object {
  const name = 'session'
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user: {} }],
  }
}

/** The URL below the secret; undefined for other callers. */
function authorizedUrl(url: string, token: string): string | undefined {
  const [, given = '', rest = ''] = /^\/([^/?]*)(\/.*)$/.exec(url) ?? []
  const [one, other] = [Buffer.from(given), Buffer.from(token)]
  return one.length === other.length && timingSafeEqual(one, other) ? rest : undefined
}

/** Removes the gateway's address from Helm's messages. */
export function withoutGateway(text: string, server = ''): string {
  return text.replace(/http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{64}/g, server)
}

async function readRequest(
  request: IncomingMessage,
  url: string,
  signal: AbortSignal,
): Promise<ApiRequest | undefined> {
  const { method = '' } = request
  const [path = '', query = ''] = url.split('?')
  // Accepts only plain API paths, so that forwarding cannot lead anywhere else.
  if (!/^\/[\w.~%:/-]*$/.test(path) || /(^|\/)\.{1,2}(\/|$)|%2e|%2f/i.test(path)) return undefined
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size > MAX_BODY) return undefined
    chunks.push(chunk)
  }
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && !DROPPED.has(name) && !name.startsWith('impersonate-') ? [[name, value]] : [],
  )
  const target = parseApiPath(path)
  return {
    method,
    path: url,
    pathname: path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers),
    body: size === 0 ? undefined : Buffer.concat(chunks),
    ...(target && { target }),
    signal,
  }
}

/** An access review is a POST but changes nothing. */
function isRead({ method, target }: ApiRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return true
  return method === 'POST' && target?.group === 'authorization.k8s.io' && target.plural.endsWith('accessreviews')
}

function namespaceOf(target: ApiPath | undefined): string | undefined {
  if (target?.group === '' && target.plural === 'namespaces') return target.name
  return target?.namespace
}

async function pipe(answer: ForwardedAnswer, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, answer.headers)
  for await (const chunk of answer.body) {
    if (response.destroyed) break
    response.write(chunk)
  }
  response.end()
}

function sendStatus(response: ServerResponse, code: number, message: string): void {
  const { status, headers, body } = statusAnswer(code, message)
  response.writeHead(status, headers).end(body)
}
