/** Plain HTTP servers on ports of their own, beside the main one: metrics, and the files of the Rancher extension. */
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { Logger } from 'pino'
import { ConfigError } from '../config/error'
import { listenProblem } from '../config/listen'
import type { ListenVariables } from '../config/listen'
import type { Address, OperationConfig } from '../config/operation'
import type { Assistant } from '../core/assistant'
import { readExtension } from '../extension/files'
import type { ExtensionFile } from '../extension/files'

interface SideAnswer {
  contentType: string
  body: string | Buffer
}

/** How long a request may take to arrive, in milliseconds. */
const REQUEST_MS = 5000

/**
 * Starts those that are configured. They end with the process.
 * @throws ConfigError if one cannot listen, or has nothing to serve
 */
export async function startSideServers(
  { metrics, extension }: OperationConfig,
  { metricsText, health }: Pick<Assistant, 'metricsText' | 'health'>,
  log: Logger,
): Promise<void> {
  if (metrics && metricsText) {
    const variables = { host: 'METRICS_HOST', port: 'METRICS_PORT' } as const
    await listen(metrics, variables, (path) => (path === '/metrics' ? metricsText(health()) : undefined))
    log.info({ address: metrics }, 'serving metrics')
  }
  if (extension) {
    const { host, port, folder } = extension
    const files = filesOf(folder)
    await listen({ host, port }, { host: 'HOST', port: 'EXTENSION_PORT' }, (path) => files.get(path))
    log.info({ address: { host, port }, files: files.size }, 'serving the Rancher extension')
  }
}

function filesOf(folder: string): ReadonlyMap<string, ExtensionFile> {
  try {
    return readExtension(folder)
  } catch (error) {
    const problem = `the Rancher extension is incomplete: ${error instanceof Error ? error.message : error}`
    throw new ConfigError({ variable: 'EXTENSION_PORT', problem })
  }
}

/**
 * Answers GET and HEAD.
 * @param find returns undefined for 404
 * @param variables that a problem is reported with
 * @throws ConfigError if it cannot listen
 */
async function listen(
  { host, port }: Address,
  variables: ListenVariables,
  find: (path: string) => SideAnswer | undefined | Promise<SideAnswer | undefined>,
): Promise<void> {
  const answer: RequestListener = (request, response) => {
    const { method, url = '/' } = request
    if (method !== 'GET' && method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
      return
    }
    void Promise.resolve(find(url.split('?')[0] ?? '/'))
      .then((found) => {
        if (!found) return response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n')
        const { contentType, body } = found
        return response
          .writeHead(200, {
            'content-type': contentType,
            'content-length': Buffer.byteLength(body),
            'x-content-type-options': 'nosniff',
          })
          .end(method === 'HEAD' ? undefined : body)
      })
      .catch(() => response.writeHead(500).end())
  }
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS }, answer)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(listenProblem(error.code, { host, port }, variables) ?? error),
    )
    server.listen({ host, port }, resolve)
  })
}
