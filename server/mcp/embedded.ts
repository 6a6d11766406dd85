/**
 * The MCP server that we start ourselves over stdio: kubernetes-mcp-server, which comes with the product, on one context
 * and read-only, unless writes are approved by a person; or the operator's own command, on the same kubeconfig.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { McpEndpoint } from './transport'

const PLATFORMS: Record<string, string> = { darwin: 'darwin', linux: 'linux', win32: 'windows' }
const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' }

/** A second fence; what decides is server/agent/policy. */
const READ_ONLY = {
  flags: ['--read-only', '--toolsets', 'core'],
  config: '[[denied_resources]]\ngroup = ""\nversion = "v1"\nkind = "Secret"\n',
}

/** Helm keeps its releases in Secrets, so that here policy alone keeps the model from them. */
function forWrites(disabledTools: readonly string[]): typeof READ_ONLY {
  return { flags: ['--toolsets', 'core,helm'], config: `disabled_tools = ${JSON.stringify(disabledTools)}\n` }
}

export interface EmbeddedOptions {
  /** kubeconfig files as they are; none: the service account of the pod. */
  kubeconfigs: readonly string[]
  /** In place of the files: a kubeconfig of one context, as YAML. Written to a file that only we can read. */
  kubeconfigAlone?: string
  /** The operator's command in place of the server that comes with the product. */
  program?: { command: string; args: string[] }
  /** The server is started with what writes need; absent: read-only, without Secrets. */
  writes?: { disabledTools: readonly string[] }
  env: Record<string, string>
}

/**
 * @returns the endpoint to start, and what removes its files afterwards
 * @throws Error where npm has no binary for this platform
 */
export async function embeddedServer(
  options: EmbeddedOptions,
): Promise<{ endpoint: McpEndpoint; cleanUp: () => Promise<void> }> {
  const command = options.program?.command ?? binaryPath()
  const folder = await mkdtemp(join(tmpdir(), 'k8s-ai-assistant-'))
  const config = join(folder, 'server.toml')
  const fence = options.writes ? forWrites(options.writes.disabledTools) : READ_ONLY
  await writeFile(config, fence.config, { mode: 0o600 })
  const kubeconfig = join(folder, 'kubeconfig')
  if (options.kubeconfigAlone) await writeFile(kubeconfig, options.kubeconfigAlone, { mode: 0o600 })
  const { KUBECONFIG: _, ...env } = options.env
  const value = options.kubeconfigAlone ? kubeconfig : options.kubeconfigs.join(delimiter)
  return {
    endpoint: {
      transport: 'stdio',
      command,
      args: options.program?.args ?? ['--config', config, '--disable-multi-cluster', ...fence.flags],
      env: value ? { ...env, KUBECONFIG: value } : env,
    },
    cleanUp: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The package's own launcher would be one more process between us and the server, and one more to outlive us. */
function binaryPath(): string {
  const platform = PLATFORMS[process.platform]
  const architecture = ARCHITECTURES[process.arch]
  const name = `kubernetes-mcp-server-${platform}-${architecture}`
  const file = `${name}/bin/${name}${platform === 'windows' ? '.exe' : ''}`
  // Not import.meta.url: in the bundle it is set only after the plugins have run.
  for (const from of [process.argv[1], join(process.cwd(), 'package.json')]) {
    try {
      if (from) return createRequire(from).resolve(file)
    } catch {
      // Looked for beside the program first, then from where it was started.
    }
  }
  throw new Error(
    `kubernetes-mcp-server has no binary here for ${process.platform} ${process.arch}: run npm install, or set MCP_SERVER_URL.`,
  )
}
