/** Requests to a kubeconfig's API server, for objects that a test creates and removes. */
import { KubeConfig } from '@kubernetes/client-node/dist/config.js'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Agent, request } from 'undici'
import { parse } from 'yaml'
import { z } from 'zod'

export interface KubeApi {
  /** API URL, without trailing slash. */
  server: string
  /** PEM; undefined: the system's. */
  ca: string | undefined
  /** The user's entry of the kubeconfig. */
  user: Record<string, unknown>
  /**
   * PATCH sends a merge patch.
   * @throws ApiError for a non-2xx status
   */
  send: (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<unknown>
  /** Lines of an endless response, such as a watch. */
  lines: (path: string, signal: AbortSignal) => Promise<AsyncIterable<string>>
  /** Status of a GET as another user. */
  statusWith: (token: string, path: string) => Promise<number>
  close: () => Promise<void>
}

export class ApiError extends Error {
  readonly status: number

  constructor(status: number, text: string) {
    super(`${status}: ${text.slice(0, 500)}`)
    this.status = status
  }
}

/** Maximum concurrent requests; more would only queue in the API server. */
const CONNECTIONS = 32

const usersSchema = z.looseObject({
  users: z.array(z.looseObject({ name: z.string(), user: z.record(z.string(), z.unknown()).nullish() })),
})

/** @param kubeconfig path of a file; its current context is used */
export async function openKubeApi(kubeconfig: string): Promise<KubeApi> {
  const config = new KubeConfig()
  config.loadFromFile(kubeconfig)
  const { users } = usersSchema.parse(parse(readFileSync(kubeconfig, 'utf8')))
  const user = users.find(({ name }) => name === config.getCurrentUser()?.name)?.user ?? {}
  const server = (config.getCurrentCluster()?.server ?? '').replace(/\/+$/, '')
  const options: Parameters<KubeConfig['applyToHTTPSOptions']>[0] = {}
  await config.applyToHTTPSOptions(options)
  const { ca, cert, key, servername, rejectUnauthorized } = options
  const trust = { ca, servername, rejectUnauthorized }
  const agent = new Agent({ connect: { ...trust, cert, key }, connections: CONNECTIONS })
  // Without the client certificate, which would take precedence over a token.
  const foreign = new Agent({ connect: trust })
  const own = headersOf(options.headers)
  return {
    server,
    ca: ca === undefined ? undefined : String(ca),
    user,
    send: async (method, path, body) => {
      const { statusCode, body: answer } = await request(server + path, {
        method,
        dispatcher: agent,
        headers: { ...own, Accept: 'application/json', 'Content-Type': contentType(method) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      if (statusCode >= 300) throw new ApiError(statusCode, text)
      return text === '' ? undefined : JSON.parse(text)
    },
    lines: async (path, signal) => {
      const { statusCode, body } = await request(server + path, {
        dispatcher: agent,
        headers: own,
        signal,
        bodyTimeout: 0,
      })
      if (statusCode >= 300) throw new ApiError(statusCode, await body.text())
      return createInterface({ input: body })
    },
    statusWith: async (token, path) => {
      const headers = { Authorization: `Bearer ${token}` }
      const { statusCode, body } = await request(server + path, { dispatcher: foreign, headers })
      await body.dump()
      return statusCode
    },
    close: async () => {
      await Promise.all([agent.close(), foreign.close()])
    },
  }
}

function contentType(method: string): string {
  return method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
}

function headersOf(headers: unknown): Record<string, string> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(headers)
  const entries = Object.entries(parsed.data ?? {})
  return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
}
