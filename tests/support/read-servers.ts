/** All MCP servers and transports that the assistant can read with, the default first. */
import { contBinary, startContHttp, startFluxSse, startOwnHttp, startOwnSse } from './app'
import type { Env, McpServer, McpServerOptions } from './app'
import { CONT, FLUX, OWN } from './tool-names'
import type { ToolNames } from './tool-names'

export interface ReadServer {
  name: string
  tools: ToolNames
  /** Starts an HTTP server. Absent: the assistant starts one. */
  start?: (options: McpServerOptions) => Promise<McpServer>
  /** The command that the assistant starts over stdio. Absent: its own program. */
  command?: string
}

export const CONT_READ_ONLY = `${contBinary()} --read-only --disable-multi-cluster`

export const READ_SERVERS: readonly ReadServer[] = [
  { name: 'our own server over a Unix socket', tools: OWN },
  { name: 'our own server over HTTP+SSE', tools: OWN, start: startOwnSse },
  { name: 'our own server over streamable HTTP', tools: OWN, start: startOwnHttp },
  { name: 'kubernetes-mcp-server over stdio', tools: CONT, command: CONT_READ_ONLY },
  { name: 'kubernetes-mcp-server over streamable HTTP', tools: CONT, start: startContHttp },
  { name: 'mcp-server-kubernetes over SSE', tools: FLUX, start: startFluxSse },
]

/** The assistant's environment for a server. */
export function readingWith(
  { command }: Pick<ReadServer, 'command'>,
  kubeconfig: string,
  running?: Pick<McpServer, 'url'>,
): Env {
  return running ? { MCP_SERVER_URL: running.url } : { KUBECONFIG: kubeconfig, MCP_SERVER_COMMAND: command }
}
