/**
 * A small Kubernetes API server that answers from a table of paths, for behaviour that a real one does not show on
 * demand.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { HttpKubeClient } from '../../../mcp/kubernetes/connection/client'
import { openCluster } from '../../../mcp/kubernetes/cluster'
import type { OpenCluster } from '../../../mcp/kubernetes/cluster'
import { tokenCredentials } from '../../../mcp/kubernetes/connection/credentials'

export interface ApiRequest {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: string
}

export interface ApiAnswer {
  status?: number
  headers?: Record<string, string>
  body: unknown
}

/** Undefined: 404 with a Status object. */
export type Answer = (
  request: ApiRequest,
  response: ServerResponse,
) => ApiAnswer | undefined | Promise<ApiAnswer | undefined>

export interface TestApi {
  url: string
  requests: ApiRequest[]
  cluster: (options?: {
    namespace?: string
    known?: string[]
    denied?: { kinds?: string[]; namespaces?: string[] }
  }) => OpenCluster
  client: () => HttpKubeClient
  close: () => Promise<void>
}

export async function startApi(answer: Answer): Promise<TestApi> {
  const requests: ApiRequest[] = []
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://api')
    const { method = '', headers: sent } = request
    const one = { method, path: pathname, query: searchParams, headers: sent, body: '' }
    requests.push(one)
    void (async () => {
      for await (const chunk of request) one.body += String(chunk)
      const result = await answer(one, response)
      if (response.headersSent || response.destroyed) return
      const { status = 200, body, headers = {} } = result ?? notFound(pathname)
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const url = `http://127.0.0.1:${address.port}`
  const opened: { close: () => Promise<void> }[] = []
  const kept = <T extends { close: () => Promise<void> }>(one: T): T => {
    opened.push(one)
    return one
  }
  return {
    url,
    requests,
    cluster: ({ namespace, known = [], denied = {} } = {}) =>
      kept(
        openCluster({
          credentials: tokenCredentials({ kind: 'token', server: url, token: 'test', ...(namespace && { namespace }) }),
          knownNamespaces: known,
          rules: { deniedKinds: new Set(denied.kinds), deniedNamespaces: new Set(denied.namespaces) },
        }),
      ),
    client: () => kept(new HttpKubeClient(tokenCredentials({ kind: 'token', server: url, token: 'test' }))),
    close: async () => {
      await Promise.all(opened.map((one) => one.close()))
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

export function status(code: number, reason: string, message: string): ApiAnswer {
  return { status: code, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message, code } }
}

function notFound(path: string): ApiAnswer {
  return status(404, 'NotFound', `the server could not find the requested resource: ${path}`)
}

/** One resource of a group in aggregated discovery. */
export function discovered(
  plural: string,
  kind: string,
  more: { scope?: string; shortNames?: string[]; verbs?: string[] } = {},
) {
  const { scope = 'Namespaced', shortNames = [], verbs = ['get', 'list'] } = more
  return { resource: plural, responseKind: { kind }, scope, singularResource: kind.toLowerCase(), shortNames, verbs }
}

/** The response to `/api` and `/apis` in aggregated form. */
export function discovery(
  groups: { group: string; version: string; freshness?: string; resources: object[] }[],
): ApiAnswer {
  const items = groups.map(({ group, version, freshness = 'Current', resources }) => ({
    metadata: { name: group },
    versions: [{ version, freshness, resources }],
  }))
  return { body: { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', items } }
}

export function table(
  columns: string[],
  rows: { cells: unknown[]; name: string; namespace?: string }[],
  metadata: object = {},
): ApiAnswer {
  return {
    body: {
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      metadata,
      columnDefinitions: columns.map((name) => ({ name, type: 'string', priority: 0 })),
      rows: rows.map(({ cells, name, namespace }) => ({
        cells,
        object: { metadata: { name, ...(namespace && { namespace }) } },
      })),
    },
  }
}
