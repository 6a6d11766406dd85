/** A client for programs that may change nothing: reads, reviews and dry runs leave it, and nothing else. */
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import { KubeError } from '../errors/errors'
import type { ForwardedRequest, HeldClient, KubeClient } from '../types'

type Sender = Pick<KubeClient, 'get' | 'post' | 'send' | 'forward'>

/** @returns the client; its methods throw KubeError `read-only` for a request that could change something */
export function dryRunsOnly(client: KubeClient): KubeClient {
  return {
    ...guarded(client),
    stream: (path, options) => client.stream(path, options),
    hold: (signal, use) =>
      client.hold(signal, (held): ReturnType<typeof use> =>
        use({ ...guarded(held), subject: held.subject } satisfies HeldClient),
      ),
  }
}

function guarded(client: Sender): Sender {
  return {
    get: (path, options) => client.get(path, options),
    post: async (path, body, options) => {
      if (!REVIEW.test(path)) throw readOnly('POST', path)
      return client.post(path, body, options)
    },
    send: async (method, path, options) => {
      const { query = {}, body } = options
      if (!isDry(method, [query.dryRun], body)) throw readOnly(method, path)
      return client.send(method, path, options)
    },
    forward: async (request) => {
      if (!isHarmless(request)) throw readOnly(request.method, request.path)
      return client.forward(request)
    },
  }
}

/** Reviews of rights and of the user keep nothing. */
const REVIEW = /^\/apis\/(?:authentication|authorization)\.k8s\.io\/[^/]+\/(?:namespaces\/[^/]+\/)?[a-z]+reviews$/

function isHarmless({ method, path, body }: ForwardedRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return true
  const [plain = '', query] = path.split('?')
  if (method === 'POST' && REVIEW.test(plain)) return true
  return isDry(method, new URLSearchParams(query).getAll('dryRun'), body && jsonOf(body))
}

const deleteOptionsSchema = z.looseObject({ dryRun: z.tuple([z.literal('All')]) })

/** The API server ignores the query of a DELETE that has a body. */
function isDry(method: string, query: readonly unknown[], body: unknown): boolean {
  if (method === 'DELETE' && body !== undefined) return deleteOptionsSchema.safeParse(body).success
  return query.length > 0 && query.every((value) => value === 'All')
}

/** Null for a body that is not JSON, which cannot request a dry run. */
function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return null
  }
}

function readOnly(method: string, path: string): KubeError {
  const detail = msg('request-not-sent', { method, path: path.replace(/\?.*/, '') })
  return new KubeError('read-only', detail, { method, path })
}
