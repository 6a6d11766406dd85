/**
 * MCP servers of others that we start ourselves over stdio: the operator's command, or kubernetes-mcp-server for the tools of
 * Helm that install and uninstall. Both get a kubeconfig of one context.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { SERVICE_ACCOUNT } from '../../cluster/kubeconfig-source'
import type { McpEndpoint } from '../connection/transport'

const PLATFORMS: Record<string, string> = { darwin: 'darwin', linux: 'linux', win32: 'windows' }
const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' }

export interface EmbeddedOptions {
  /** A kubeconfig of one context: the only one that the program is given. */
  kubeconfig: string
  /** The operator's command; absent: kubernetes-mcp-server with its tools of Helm. */
  program?: { command: string; args: string[] }
  env: Record<string, string>
}

/**
 * Variables that lead kubectl, Helm or an MCP server to another cluster than that of the kubeconfig; those of the service
 * account among them, which kubernetes-mcp-server prefers to KUBECONFIG.
 */
const CLUSTER_VARIABLES =
  /^(KUBECONFIG(_.*)?|KUBE_CONTEXT|K8S_(SERVER|TOKEN|CA_DATA|SKIP_TLS_VERIFY|CONTEXT)|HELM_KUBE.*|KUBERNETES_(MASTER|SERVICE_HOST|SERVICE_PORT.*))$/

/** client-go holds back beyond 5 requests a second, in one queue for all users. */
const CLIENT_LIMITS = { KUBE_CLIENT_QPS: '1000', KUBE_CLIENT_BURST: '2000' }

/** What kubernetes-mcp-server is used for where the helm program is missing. */
export const HELM_TOOLS: ReadonlySet<string> = new Set(['helm_install', 'helm_uninstall'])

/**
 * @returns the endpoint to start
 * @throws Error if npm has no binary for this platform
 */
export function embeddedServer({ kubeconfig, program, env: given }: EmbeddedOptions): McpEndpoint {
  const own = Object.entries(given).filter(([name]) => !CLUSTER_VARIABLES.test(name))
  const env = { ...CLIENT_LIMITS, ...Object.fromEntries(own), KUBECONFIG: kubeconfig }
  if (program) return operatorsProgram(program, kubeconfig, env)
  const args = ['--kubeconfig', kubeconfig, '--disable-multi-cluster', '--toolsets', 'helm']
  return { transport: 'stdio', command: binaryPath(), args, env }
}

function operatorsProgram(
  { command, args }: { command: string; args: string[] },
  kubeconfig: string,
  env: Record<string, string>,
): McpEndpoint {
  const isKnown = [command, ...args].some((word) => KUBERNETES_MCP_SERVER.test(word))
  if (isKnown && !args.some((arg) => /^--kubeconfig(=|$)/.test(arg)))
    return { transport: 'stdio', command, args: [...args, '--kubeconfig', kubeconfig], env }
  if (isKnown || !existsSync(join(SERVICE_ACCOUNT, 'token'))) return { transport: 'stdio', command, args, env }
  return {
    transport: 'stdio',
    command,
    args,
    // In a pod mcp-server-kubernetes prefers the service account to KUBECONFIG, but not to this. Read at each start.
    get env() {
      return { ...env, KUBECONFIG_YAML: readFileSync(kubeconfig, 'utf8') }
    },
  }
}

/** As a command, a path, or a package for npx. */
const KUBERNETES_MCP_SERVER = /(^|[\\/])kubernetes-mcp-server(-[a-z0-9]+)*(\.exe)?(@[\w.-]+)?$/

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
