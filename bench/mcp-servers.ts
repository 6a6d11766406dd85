/** The MCP servers to compare, all over streamable HTTP. */
import { startKubernetesMcpServer } from '../tests/support/app'
import { startMcpProgram } from '../tests/support/mcp/program'
import type { McpTarget } from './mcp-client'

export interface RunningMcp {
  pid: number
  target: McpTarget
  stop: () => Promise<unknown>
}

export interface McpContender {
  name: string
  start: (kubeconfig: string) => Promise<RunningMcp>
  /** The call that lists all pods of all namespaces. */
  listPods: { tool: string; args: Record<string, unknown> }
}

export const OURS: McpContender = {
  name: 'our MCP server',
  start: async (kubeconfig) => {
    const { pid, endpoint, stop } = await startMcpProgram({ transport: 'http', env: { KUBECONFIG: kubeconfig } })
    if (!endpoint) throw new Error('it does not listen')
    return { pid, target: endpoint, stop }
  },
  listPods: { tool: 'kubectl_get', args: { resource: 'pods' } },
}

const listPods = { tool: 'pods_list', args: {} }

/** With client-go's default limits: 5 requests a second, 10 at once. */
export const THEIRS_LIMITED: McpContender = {
  name: 'kubernetes-mcp-server, KUBE_CLIENT_QPS unset',
  start: (kubeconfig) => startTheirs(kubeconfig, {}),
  listPods,
}

export const THEIRS: McpContender = {
  name: 'kubernetes-mcp-server, KUBE_CLIENT_QPS=1000 KUBE_CLIENT_BURST=2000',
  start: (kubeconfig) => startTheirs(kubeconfig, { KUBE_CLIENT_QPS: '1000', KUBE_CLIENT_BURST: '2000' }),
  listPods,
}

async function startTheirs(kubeconfig: string, env: Record<string, string>): Promise<RunningMcp> {
  const { pid, url, stop } = await startKubernetesMcpServer({ kubeconfig, env })
  return { pid, target: { url, headers: {} }, stop }
}
