/** The MCP servers of the faults, their transports, and how to write with each. */
import { createRequire } from 'node:module'
import {
  contBinary,
  freePort,
  hasKubectl,
  startContHttp,
  startFluxSse,
  startOwnHttp,
  startOwnSse,
} from '../support/app'
import type { Env, McpServer, McpServerOptions } from '../support/app'
import { CONT_READ_ONLY } from '../support/read-servers'
import { CONT, FLUX, OWN } from '../support/tool-names'
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

const contWrite: NonNullable<Way['write']> = (namespace, name, value) => {
  const resource = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name }, data: { run: value } }
  return ['resources_create_or_update', { resource: JSON.stringify(resource) }]
}

const ownWrite: NonNullable<Way['write']> = (namespace, name, value) => [
  'kubectl_patch',
  { resource: 'configmap', name, namespace, patch: { data: { run: value } } },
]

const fluxWrite: NonNullable<Way['write']> = (namespace, name, value) => [
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
export const CONT_STDIO: WritingWay = {
  transport: 'Cont stdio',
  tools: CONT,
  command: CONT_READ_ONLY,
  limitMs: 2000,
  write: contWrite,
}
/** The same with approved changes. */
export const CONT_WRITING: WritingWay = { ...CONT_STDIO, command: `${contBinary()} --disable-multi-cluster` }
export const CONT_HTTP: Way = {
  transport: 'Cont HTTP',
  tools: CONT,
  start: startContHttp,
  limitMs: 2000,
  write: contWrite,
}
export const FLUX_SSE: Way = {
  transport: 'Flux SSE',
  tools: FLUX,
  start: startFluxSse,
  limitMs: 5000,
  write: fluxWrite,
  ...(!hasKubectl() && { skipped: 'it calls kubectl, which is not on the PATH' }),
}
export const FLUX_STDIO: Way = {
  ...FLUX_SSE,
  transport: 'Flux stdio',
  command: `${process.execPath} ${createRequire(import.meta.url).resolve('mcp-server-kubernetes/dist/index.js')}`,
  start: undefined,
}
export const WAYS = [OWN_SOCKET, OWN_HTTP, OWN_SSE, CONT_STDIO, CONT_HTTP, FLUX_SSE]

/** Arguments of kubernetes-mcp-server over stdio with write access. */
export function contStdio(kubeconfig: string): { command: string; args: string[] } {
  return { command: contBinary(), args: ['--kubeconfig', kubeconfig, '--disable-multi-cluster'] }
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
