/**
 * Other MCP servers that we start over stdio: the operator's command, or kubernetes-mcp-server for `helm_install` and
 * `helm_uninstall`. Both get a kubeconfig with one context.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { SERVICE_ACCOUNT } from '../../cluster/kubeconfig-source'
import type { McpEndpoint } from '../connection/transport'

const PLATFORMS: Record<string, string> = { darwin: 'darwin', linux: 'linux', win32: 'windows' }
const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' }

export interface EmbeddedOptions {
  /** The program's only kubeconfig, with one context. */
  kubeconfig: string
  /** The operator's command; absent: kubernetes-mcp-server with its Helm tools. */
  program?: { command: string; args: string[] }
  env: Record<string, string>
}

/**
 * Variables that would lead kubectl, Helm or an MCP server to another cluster, including the service account's, which
 * kubernetes-mcp-server prefers to KUBECONFIG.
 */
const CLUSTER_VARIABLES =
  /^(KUBECONFIG(_.*)?|KUBE_CONTEXT|K8S_(SERVER|TOKEN|CA_DATA|SKIP_TLS_VERIFY|CONTEXT)|HELM_KUBE.*|KUBERNETES_(MASTER|SERVICE_HOST|SERVICE_PORT.*))$/

/** client-go's default limit of 5 requests a second would queue all users. */
const CLIENT_LIMITS = { KUBE_CLIENT_QPS: '1000', KUBE_CLIENT_BURST: '2000' }

/** The tools of kubernetes-mcp-server that replace a missing helm program. */
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

/** Avoids the package's launcher, an additional process that could outlive us. */
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
      // Searched beside the program first, then in the working folder.
    }
  }
  throw new Error(
    `kubernetes-mcp-server has no binary here for ${process.platform} ${process.arch}: run npm install, or set MCP_SERVER_URL.`,
  )
}
