/** Our own Kubernetes MCP server and two from npm, each as a separate server. */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { mcpEntry } from '../../../scripts/paths.mjs'
import { freePort, listens } from './network'
import { startProgram } from './program'
import type { Env, Exit, Program } from './program'

const { resolve } = createRequire(import.meta.url)

export interface McpServer {
  /** URL for clients, with the path. */
  url: string
  port: number
  pid: number
  logs: () => string[]
  /** Its exit; undefined while it runs. */
  exit: () => Exit | undefined
  stop: () => Promise<Exit>
}

export interface McpServerOptions {
  /** Path of the server's kubeconfig. */
  kubeconfig: string
  /** A free one by default. */
  port?: number
  env?: Env
  /** Write access, including Helm. mcp-server-kubernetes always has it. */
  writes?: boolean
}

/** Our own server over streamable HTTP at `/mcp`, read-only. */
export function startOwnHttp(options: McpServerOptions): Promise<McpServer> {
  return startOwn(options, '/mcp')
}

/** Our own server over HTTP+SSE at `/sse`, read-only. */
export function startOwnSse(options: McpServerOptions): Promise<McpServer> {
  return startOwn(options, '/sse')
}

async function startOwn({ kubeconfig, port, env }: McpServerOptions, path: string): Promise<McpServer> {
  const chosen = port ?? (await freePort())
  const settings = { KUBECONFIG: kubeconfig, PORT: String(chosen), ...env }
  return await ready(startProgram(process.execPath, [mcpEntry, '--http'], settings), chosen, path)
}

/** mcp-server-kubernetes over HTTP+SSE at `/sse`. It calls kubectl: see `hasKubectl`. */
export async function startMcpServerKubernetes({ kubeconfig, port, env }: McpServerOptions): Promise<McpServer> {
  const chosen = port ?? (await freePort())
  const settings = { KUBECONFIG: kubeconfig, ENABLE_UNSAFE_SSE_TRANSPORT: '1', PORT: String(chosen), HOST: '127.0.0.1' }
  const program = startProgram(process.execPath, [resolve('mcp-server-kubernetes/dist/index.js')], {
    ...settings,
    ...env,
  })
  return await ready(program, chosen, '/sse')
}

/** kubernetes-mcp-server over streamable HTTP at `/mcp`, on one context; read-only by default. */
export async function startKubernetesMcpServer({
  kubeconfig,
  port,
  env,
  writes,
}: McpServerOptions): Promise<McpServer> {
  const chosen = port ?? (await freePort())
  const address = ['--port', String(chosen), '--bind-address', '127.0.0.1']
  const extent = writes ? ['--toolsets', 'core,helm'] : ['--read-only']
  const fences = ['--kubeconfig', kubeconfig, '--disable-multi-cluster', ...extent]
  return await ready(startProgram(kubernetesMcpServerBinary(), [...address, ...fences], { ...env }), chosen, '/mcp')
}

/** True if kubectl is on the PATH and runs. */
export function hasKubectl(): boolean {
  return spawnSync('kubectl', ['version', '--client']).status === 0
}

/** True if Helm is on the PATH and runs: mcp-server-kubernetes calls it. */
export function hasHelm(): boolean {
  return spawnSync('helm', ['version']).status === 0
}

/** Path of kubernetes-mcp-server's binary: its launcher would be another process that may outlive a test. */
export function kubernetesMcpServerBinary(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `kubernetes-mcp-server-${system}-${process.arch === 'x64' ? 'amd64' : process.arch}`
  return resolve(`${name}/bin/${name}${system === 'windows' ? '.exe' : ''}`)
}

async function ready(program: Program, port: number, path: string): Promise<McpServer> {
  try {
    await program.until('listening', () => listens(port))
  } catch (error) {
    await program.stop()
    throw error
  }
  const { pid, logs, exit, stop } = program
  return { url: `http://127.0.0.1:${port}${path}`, port, pid, logs, exit, stop }
}
