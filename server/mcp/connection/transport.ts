/** Opens an MCP SDK transport for each of the three connection types. */
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import type { SessionCredentials } from '#shared/session-credentials'
import type { SharedProgram } from '../session/shared-program'
import { LineBuffer } from './line-buffer'
import { resumableFetch } from './resumable-sse'

export type McpEndpoint =
  | {
      transport: 'sse' | 'http'
      url: URL
      /** Sent as `X-MCP-AUTH` and as `Authorization: Bearer`. */ authToken?: string
      /** Replaces Node's fetch, for a server on a Unix socket. */ fetch?: typeof fetch
      /** Set for a program of ours, which answers pings during calls. */ program?: SharedProgram
      /** For our own server, which then works with them in this session. Secret. */ actAs?: SessionCredentials
    }
  | { transport: 'stdio'; command: string; args: string[]; env: Record<string, string> }

type HttpEndpoint = Exclude<McpEndpoint, { transport: 'stdio' }>

/** The operator chose this URL, but not the targets of redirects. */
const fetchWithoutRedirects: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'error' })

/**
 * A new, unconnected transport for a single use.
 * @param onStderr receives chunks of a stdio child's stderr
 */
export function openTransport(endpoint: McpEndpoint, onStderr: (text: string) => void): Transport {
  switch (endpoint.transport) {
    case 'stdio': {
      const { command, args, env } = endpoint
      const transport = new StdioClientTransport({ command, args, env, stderr: 'pipe' })
      // The SDK has no option for this. If it renames the field, reading only becomes slower.
      Reflect.set(transport, '_readBuffer', new LineBuffer())
      transport.stderr?.on('data', (chunk: Buffer) => onStderr(chunk.toString('utf8')))
      return transport
    }
    case 'sse':
      // Deprecated by the SDK, but needed for servers with the HTTP+SSE transport.
      return new SSEClientTransport(endpoint.url, resumable(requestOptions(endpoint)))
    case 'http':
      return new StreamableHTTPClientTransport(endpoint.url, requestOptions(endpoint))
  }
}

function requestOptions({ authToken, fetch: ownFetch }: Pick<HttpEndpoint, 'authToken' | 'fetch'>) {
  const headers = authToken ? { 'X-MCP-AUTH': authToken, Authorization: `Bearer ${authToken}` } : undefined
  return { fetch: ownFetch ?? fetchWithoutRedirects, ...(headers && { requestInit: { headers } }) }
}

function resumable<T extends { fetch: typeof fetch }>(options: T): T {
  return { ...options, fetch: resumableFetch(options.fetch) }
}
