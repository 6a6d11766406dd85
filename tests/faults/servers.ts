/** The MCP servers of the faults, their transports, and how to write with each. */
import { createRequire } from 'node:module'
import {
  kubernetesMcpServerBinary,
  freePort,
  hasKubectl,
  startKubernetesMcpServer,
  startMcpServerKubernetes,
  startOwnHttp,
  startOwnSse,
} from '../support/app'
import type { Env, McpServer, McpServerOptions } from '../support/app'
import { KUBERNETES_MCP_SERVER_READ_ONLY } from '../support/read-servers'
import { KUBERNETES_MCP_SERVER, MCP_SERVER_KUBERNETES, OWN } from '../support/tool-names'
import type { ToolNames } from '../support/tool-names'
import { until } from './processes'

export interface Way {
  /** As in the table. */
  transport: string
  tools: ToolNames
  /** The command that the assistant starts over stdio; absent: its own program. */
  command?: string
  /** Starts an HTTP server. Absent: the assistant starts one. */
  start?: ((options: McpServerOptions) => Promise<McpServer>) | undefined
  /** Why it cannot run here. */
  skipped?: string
  /** Maximum recovery after a kill, in milliseconds. */
  limitMs: number
  /** Changes a ConfigMap. Absent: read-only. */
  write?: (namespace: string, name: string, value: string) => [tool: string, args: Record<string, unknown>]
}

export type WritingWay = Way & Required<Pick<Way, 'write'>>

const kubernetesMcpServerWrite: NonNullable<Way['write']> = (namespace, name, value) => {
  const resource = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name }, data: { run: value } }
  return ['resources_create_or_update', { resource: JSON.stringify(resource) }]
}

const ownWrite: NonNullable<Way['write']> = (namespace, name, value) => [
  'kubectl_patch',
  { resource: 'configmap', name, namespace, patch: { data: { run: value } } },
]

const mcpServerKubernetesWrite: NonNullable<Way['write']> = (namespace, name, value) => [
  'kubectl_patch',
  { resourceType: 'configmap', name, namespace, patchType: 'merge', patchData: { data: { run: value } } },
]

/** Our own program, which the assistant starts by default. */
export const OWN_SOCKET: Way = { transport: 'own socket', tools: OWN, limitMs: 2000 }
/** Our own program with approved changes. */
export const OWN_WRITING: WritingWay = { ...OWN_SOCKET, write: ownWrite }
/** Our own program as a separate server. */
export const OWN_HTTP: Way = { ...OWN_SOCKET, transport: 'own HTTP', start: startOwnHttp }
export const OWN_SSE: Way = { ...OWN_SOCKET, transport: 'own SSE', start: startOwnSse }
export const KUBERNETES_MCP_SERVER_STDIO: WritingWay = {
  transport: 'kubernetes-mcp-server stdio',
  tools: KUBERNETES_MCP_SERVER,
  command: KUBERNETES_MCP_SERVER_READ_ONLY,
  limitMs: 2000,
  write: kubernetesMcpServerWrite,
}
/** The same with approved changes. */
export const KUBERNETES_MCP_SERVER_WRITING: WritingWay = {
  ...KUBERNETES_MCP_SERVER_STDIO,
  command: `${kubernetesMcpServerBinary()} --disable-multi-cluster`,
}
export const KUBERNETES_MCP_SERVER_HTTP: Way = {
  transport: 'kubernetes-mcp-server HTTP',
  tools: KUBERNETES_MCP_SERVER,
  start: startKubernetesMcpServer,
  limitMs: 2000,
  write: kubernetesMcpServerWrite,
}
export const MCP_SERVER_KUBERNETES_SSE: Way = {
  transport: 'mcp-server-kubernetes SSE',
  tools: MCP_SERVER_KUBERNETES,
  start: startMcpServerKubernetes,
  limitMs: 5000,
  write: mcpServerKubernetesWrite,
  ...(!hasKubectl() && { skipped: 'it calls kubectl, which is not on the PATH' }),
}
export const MCP_SERVER_KUBERNETES_STDIO: Way = {
  ...MCP_SERVER_KUBERNETES_SSE,
  transport: 'mcp-server-kubernetes stdio',
  command: `${process.execPath} ${createRequire(import.meta.url).resolve('mcp-server-kubernetes/dist/index.js')}`,
  start: undefined,
}
export const WAYS = [
  OWN_SOCKET,
  OWN_HTTP,
  OWN_SSE,
  KUBERNETES_MCP_SERVER_STDIO,
  KUBERNETES_MCP_SERVER_HTTP,
  MCP_SERVER_KUBERNETES_SSE,
]

/** Arguments of kubernetes-mcp-server over stdio with write access. */
export function kubernetesMcpServerStdio(kubeconfig: string): { command: string; args: string[] } {
  return { command: kubernetesMcpServerBinary(), args: ['--kubeconfig', kubeconfig, '--disable-multi-cluster'] }
}

/** A server that restarts at the same address whenever it ends, like under a supervisor. */
export class Supervised {
  private running: Promise<McpServer>
  private isStopping = false

  private constructor(
    readonly url: string,
    first: McpServer,
    private readonly restart: () => Promise<McpServer>,
  ) {
    this.running = Promise.resolve(first)
    void this.watch()
  }

  static async start(way: Way, options: { kubeconfig: string; writes?: boolean; env?: Env }): Promise<Supervised> {
    const { start } = way
    if (!start) throw new Error(`${way.transport} is started by the assistant`)
    const port = await freePort()
    const restart = () => start({ ...options, port })
    const first = await restart()
    return new Supervised(first.url, first, restart)
  }

  /** The current server, or the next one once it is reachable. */
  async server(): Promise<McpServer> {
    for (;;) {
      const server = await this.running
      if (!server.exit()) return server
      await until('the server is started anew', async () => ((await this.running) === server ? undefined : true))
    }
  }

  async stop(): Promise<void> {
    this.isStopping = true
    await (await this.running.catch(() => undefined))?.stop()
  }

  private async watch(): Promise<void> {
    while (!this.isStopping) {
      const server = await this.running
      await until('never', () => server.exit() ?? (this.isStopping || undefined), Infinity)
      if (!this.isStopping) this.running = this.restart()
      this.running.catch(() => undefined)
    }
  }
}
