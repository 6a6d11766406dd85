/** A toolbox with write tools on a real MCP server over stdio, without the application. */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { McpSession } from '../../server/mcp/session/session'
import { createToolbox } from '../../server/mcp/toolbox/toolbox'
import type { Toolbox } from '../../server/mcp/toolbox/types'
import { kubernetesMcpServerBinary } from './app/mcp-servers'

export interface LiveToolbox extends Toolbox {
  /** Calls a tool and returns its text; tool errors do not throw. */
  text: (name: string, args: Record<string, unknown>) => Promise<string>
  names: () => Set<string>
  close: () => Promise<void>
}

const quiet = () => undefined
const { resolve } = createRequire(import.meta.url)

const PATH = process.env.PATH ?? ''

/** True if helm is on the PATH and runs: mcp-server-kubernetes calls it. */
export function hasHelm(): boolean {
  return spawnSync('helm', ['version']).status === 0
}

export async function kubernetesMcpServerToolbox(kubeconfig: string): Promise<LiveToolbox> {
  const args = ['--kubeconfig', kubeconfig, '--disable-multi-cluster', '--toolsets', 'core,helm']
  return await open(kubernetesMcpServerBinary(), args, { PATH, HOME: homedir() })
}

export async function mcpServerKubernetesToolbox(
  kubeconfig: string,
  env: Record<string, string> = {},
): Promise<LiveToolbox> {
  const program = resolve('mcp-server-kubernetes/dist/index.js')
  return await open(process.execPath, [program], { PATH, HOME: homedir(), KUBECONFIG: kubeconfig, ...env })
}

async function open(command: string, args: string[], env: Record<string, string>): Promise<LiveToolbox> {
  const session = new McpSession({
    log: { info: quiet, warn: quiet, debug: quiet },
    clientInfo: { name: 'test', version: '1' },
    endpoint: { transport: 'stdio', command, args, env },
    // Programs start slowly on a busy machine.
    timing: { connectMs: 60_000, waitMs: 60_000 },
  })
  const toolbox = createToolbox(session, new Set())
  session.start()
  const { signal } = new AbortController()
  await session.untilReady(signal)
  return {
    ...toolbox,
    text: async (name, given) => (await toolbox.call(name, given, { signal, mutates: true })).texts.join('\n'),
    names: () => new Set(toolbox.tools().map(({ name }) => name)),
    close: () => session.close(),
  }
}
