/** Opens a transport of the MCP SDK for each of the three ways in which a server can be reached. */
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { LineBuffer } from './line-buffer'
import { resumableFetch } from './resumable-sse'

export type McpEndpoint =
  | {
      transport: 'sse' | 'http'
      url: URL
      /** Sent as `X-MCP-AUTH` and as `Authorization: Bearer`. */ authToken?: string
      /** In place of Node's: of a server that listens on a Unix socket. */ fetch?: typeof fetch
      /** Ends a program of ours that answers nothing any more, so that it is started again. */ replace?: () => void
    }
  | { transport: 'stdio'; command: string; args: string[]; env: Record<string, string> }

type HttpEndpoint = Exclude<McpEndpoint, { transport: 'stdio' }>

/** The operator chose the URL; where it redirects to, nobody did. */
const fetchWithoutRedirects: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'error' })

/**
 * A fresh, unconnected transport; each can be used once.
 * @param onStderr gets what a stdio child writes to stderr, in chunks
 */
export function openTransport(endpoint: McpEndpoint, onStderr: (text: string) => void): Transport {
  switch (endpoint.transport) {
    case 'stdio': {
      const { command, args, env } = endpoint
      const transport = new StdioClientTransport({ command, args, env, stderr: 'pipe' })
      // The SDK has no option for it. Where it renames the field, reading is slower, and nothing else.
      Reflect.set(transport, '_readBuffer', new LineBuffer())
      transport.stderr?.on('data', (chunk: Buffer) => onStderr(chunk.toString('utf8')))
      return transport
    }
    case 'sse':
      // Deprecated by the SDK and kept: it is what servers of the HTTP+SSE transport speak.
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
