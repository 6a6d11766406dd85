/** A small Rancher over HTTPS: sessions, clusters, and API servers behind `/k8s/clusters/<id>` with each user's rights. */
import { createServer } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request as send } from 'undici'
import { selfSigned } from '../app'

export interface RancherUser {
  id: string
  username: string
  /** The value of R_SESS. */
  token: string
  /** Ids of the visible clusters. */
  clusters: string[]
  /** Paths of the API that the user may not read. */
  forbidden?: RegExp
}

export interface RancherOptions {
  users: RancherUser[]
  /** Name and API URL by id. */
  clusters: Record<string, { name: string; server: string }>
}

export interface TestRancher {
  url: string
  /** Path of the CA in PEM. */
  caFile: string
  /** Every request that came with a token: path, and whose. */
  requests: { path: string; user: string | undefined }[]
  /** Ends a user's session. */
  logout: (id: string) => void
  /** Stops answering, as if Rancher were down. */
  fail: (isDown: boolean) => void
  close: () => Promise<void>
}

export async function startRancher({ users, clusters }: RancherOptions): Promise<TestRancher> {
  const { cert, key } = selfSigned('rancher.test')
  const folder = mkdtempSync(join(tmpdir(), 'rancher-'))
  const caFile = join(folder, 'ca.pem')
  writeFileSync(caFile, cert)
  const sessions = new Map(users.map((user) => [user.token, user]))
  const requests: TestRancher['requests'] = []
  let isDown = false

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/'
    const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? []
    const user = sessions.get(token)
    requests.push({ path, user: user?.id })
    if (isDown) return void request.socket.destroy()
    if (!user) return json(response, 401, { type: 'error', status: 401, message: 'must authenticate' })
    if (path === '/v3/users?me=true')
      return json(response, 200, { data: [{ id: user.id, username: user.username, me: true }] })
    if (path === '/v1/management.cattle.io.clusters')
      return json(response, 200, {
        data: user.clusters.map((id) => ({ id, spec: { displayName: clusters[id]?.name } })),
      })
    const [, id = '', rest = ''] = /^\/k8s\/clusters\/([^/]+)(\/.*)$/.exec(path) ?? []
    const cluster = user.clusters.includes(id) ? clusters[id] : undefined
    if (!cluster) return json(response, 404, { message: 'not found' })
    if (user.forbidden?.test(rest)) return json(response, 403, forbidden(user, rest))
    await forward(request, response, cluster.server + rest)
  }

  const server = createServer({ cert, key }, (request, response) => {
    void handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    url: `https://127.0.0.1:${address.port}`,
    caFile,
    requests,
    logout: (id) => {
      for (const [token, user] of sessions) if (user.id === id) sessions.delete(token)
    },
    fail: (now) => {
      isDown = now
    },
    close: async () => {
      rmSync(folder, { recursive: true, force: true })
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

async function forward(request: IncomingMessage, response: ServerResponse, url: string): Promise<void> {
  const { accept = '*/*' } = request.headers
  const type = request.headers['content-type']
  const sent = request.method === 'GET' ? null : request
  const method = request.method === 'POST' ? 'POST' : request.method === 'PATCH' ? 'PATCH' : 'GET'
  const answer = await send(url, { method, headers: { accept, ...(type && { 'content-type': type }) }, body: sent })
  response.writeHead(answer.statusCode, { 'content-type': String(answer.headers['content-type']) })
  for await (const chunk of answer.body) response.write(chunk)
  response.end()
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function forbidden({ id }: RancherUser, path: string) {
  const resource = path.split('?')[0]?.split('/').at(-1) ?? ''
  const message = `${resource} is forbidden: User "${id}" cannot list resource "${resource}" in API group "" at the cluster scope`
  return {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason: 'Forbidden',
    message,
    details: { kind: resource },
    code: 403,
  }
}
