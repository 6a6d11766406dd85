/** All MCP servers and transports that the assistant can read with, the default first. */
import {
  kubernetesMcpServerBinary,
  startKubernetesMcpServer,
  startMcpServerKubernetes,
  startOwnHttp,
  startOwnSse,
} from './app'
import type { Env, McpServer, McpServerOptions } from './app'
import { KUBERNETES_MCP_SERVER, MCP_SERVER_KUBERNETES, OWN } from './tool-names'
import type { ToolNames } from './tool-names'

export interface ReadServer {
  name: string
  tools: ToolNames
  /** Starts an HTTP server. Absent: the assistant starts one. */
  start?: (options: McpServerOptions) => Promise<McpServer>
  /** The command that the assistant starts over stdio. Absent: its own program. */
  command?: string
}

export const KUBERNETES_MCP_SERVER_READ_ONLY = `${kubernetesMcpServerBinary()} --read-only --disable-multi-cluster`

export const READ_SERVERS: readonly ReadServer[] = [
  { name: 'our own server over a Unix socket', tools: OWN },
  { name: 'our own server over HTTP+SSE', tools: OWN, start: startOwnSse },
  { name: 'our own server over streamable HTTP', tools: OWN, start: startOwnHttp },
  { name: 'kubernetes-mcp-server over stdio', tools: KUBERNETES_MCP_SERVER, command: KUBERNETES_MCP_SERVER_READ_ONLY },
  { name: 'kubernetes-mcp-server over streamable HTTP', tools: KUBERNETES_MCP_SERVER, start: startKubernetesMcpServer },
  { name: 'mcp-server-kubernetes over SSE', tools: MCP_SERVER_KUBERNETES, start: startMcpServerKubernetes },
]

/** The assistant's environment for a server. */
export function readingWith(
  { command }: Pick<ReadServer, 'command'>,
  kubeconfig: string,
  running?: Pick<McpServer, 'url'>,
): Env {
  return running ? { MCP_SERVER_URL: running.url } : { KUBECONFIG: kubeconfig, MCP_SERVER_COMMAND: command }
}
