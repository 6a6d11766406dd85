/** Parses the program's command line and environment once at the start; nothing else reads them. */
import { isIP } from 'node:net'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'
import { environmentHelp } from '../shared/environment/help'
import { problemText, readEnvironment } from '../shared/environment/read'
import type { RawEnvironment } from '../shared/environment/read'
import type { Environment } from '../shared/environment/schema'
import { DEFAULT_PORT } from '../shared/environment/server'

/** `message` is one sentence for the person who started the program. */
export class ConfigError extends Error {}

export type ListenAddress = { kind: 'socket'; path: string } | { kind: 'tcp'; host: string; port: number }

export type Mode =
  | { kind: 'stdio' }
  /** Started as a child process of the application. */
  | { kind: 'embedded'; listen: ListenAddress; secret: string }
  | { kind: 'http'; host: string; port: number; token?: string; allowedHosts: readonly string[] }
  | { kind: 'print'; text: 'help' | 'version' }

export interface KubernetesConfig {
  /** Paths from KUBECONFIG, or `~/.kube/config`. They may not exist. */
  kubeconfigs: readonly string[]
  /** True if the operator named files or a context: then both must be valid. `~/.kube/config` is only a default. */
  chosen: boolean
  /** The program runs in a pod, which has a service account. */
  inPod: boolean
  context?: string
  /** Namespaces to read if the user may not list them. */
  namespaces: readonly string[]
  deniedKinds: readonly string[]
  deniedNamespaces: readonly string[]
  /** The only API URL, and the only UID of kube-system, that may be read. */
  expectedServer?: string
  expectedUid?: string
  /** Nothing but reads and dry runs may be sent. */
  dryRunsOnly: boolean
}

export interface WritesConfig {
  /** `plan-only` runs nothing; `planned` runs only approved plans; `direct` also runs changes without a plan. */
  mode: 'plan-only' | 'planned' | 'direct'
  /** If the cluster cannot dry-run a change, plan it as it would be sent. */
  allowWithoutDryRun: boolean
}

export interface ProgramConfig {
  mode: Mode
  /** Absent: read-only. */
  writes?: WritesConfig
  /** Sessions may bring their own credentials. */
  sessionCredentials: boolean
  /** Folder of the operator's runbooks. */
  runbooks?: string
  kubernetes: KubernetesConfig
}

export const HELP = `Kubernetes MCP server of K8s AI Assistant

  server.mjs                    serves one client over stdio
  server.mjs --http             serves HTTP: /sse and /messages, and /mcp (HOST, PORT, MCP_AUTH_TOKEN)
  server.mjs --listen ADDRESS   serves a parent process: unix:PATH or 127.0.0.1:0 (MCP_SECRET); ends with stdin

  --session-credentials         with --http: sessions may bring their own credentials in initialize
  --allow-writes                over stdio and HTTP: unasked writes. Every client of this server may change and delete
                                objects, and the server asks nobody before. Without it the server only reads
  --writes                      with --listen: the parent process may run changes that it planned and that a person approved
  --plans                       with --listen: changes can be planned, and none can be run. Only reads and dry runs are
                                sent to the API server

Environment (docs/configuration.md):
${environmentHelp('mcp')}
`

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * @param argv without node and script
 * @throws ConfigError naming the option or variable
 */
export function readConfig(argv: readonly string[], env: RawEnvironment): ProgramConfig {
  const flags = readFlags(argv)
  const { environment: set, problems } = readEnvironment(env, 'mcp')
  if (problems.length > 0) throw new ConfigError(problemText(problems))
  const mode = readMode(flags, set)
  const writes = readWrites(flags, mode, set)
  return {
    mode,
    ...(writes && { writes }),
    ...(set.RUNBOOKS_DIR !== undefined && { runbooks: set.RUNBOOKS_DIR }),
    sessionCredentials: mode.kind === 'embedded' || (mode.kind === 'http' && flags['session-credentials'] === true),
    kubernetes: { ...readKubernetes(set), dryRunsOnly: writes === undefined || writes.mode === 'plan-only' },
  }
}

function readFlags(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        http: { type: 'boolean' },
        listen: { type: 'string' },
        'session-credentials': { type: 'boolean' },
        'allow-writes': { type: 'boolean' },
        writes: { type: 'boolean' },
        plans: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    }).values
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)} See --help.`)
  }
}

function readMode(flags: ReturnType<typeof readFlags>, set: Environment): Mode {
  if (flags.help) return { kind: 'print', text: 'help' }
  if (flags.version) return { kind: 'print', text: 'version' }
  if (flags.listen !== undefined) {
    if (flags.http) throw new ConfigError('--http and --listen exclude each other.')
    if (set.MCP_SECRET === undefined) throw new ConfigError('--listen needs a secret in MCP_SECRET.')
    return { kind: 'embedded', listen: readListen(flags.listen), secret: set.MCP_SECRET }
  }
  if (!flags.http) return { kind: 'stdio' }
  const { HOST: host, PORT: port = DEFAULT_PORT.mcp, MCP_AUTH_TOKEN: token, MCP_ALLOWED_HOSTS: allowedHosts } = set
  if (!isLoopback(host) && token === undefined)
    throw new ConfigError(`HOST ${host} is reachable from other machines: set a token in MCP_AUTH_TOKEN.`)
  return { kind: 'http', host, port, allowedHosts, ...(token !== undefined && { token }) }
}

/** The options exclude each other, so that the application never runs an unapproved change. */
function readWrites(flags: ReturnType<typeof readFlags>, mode: Mode, set: Environment): WritesConfig | undefined {
  const { writes, plans, 'allow-writes': direct } = flags
  const isEmbedded = mode.kind === 'embedded'
  if (direct && isEmbedded) throw new ConfigError('--allow-writes is not for --listen: use --writes.')
  for (const [name, isSet] of Object.entries({ writes, plans }))
    if (isSet && !isEmbedded) throw new ConfigError(`--${name} is for --listen alone. See --help.`)
  if (writes && plans) throw new ConfigError('--writes and --plans exclude each other.')
  if (!direct && !writes && !plans) return undefined
  return {
    mode: plans ? 'plan-only' : isEmbedded ? 'planned' : 'direct',
    allowWithoutDryRun: set.ALLOW_WITHOUT_DRY_RUN,
  }
}

function readListen(address: string): ListenAddress {
  const path = /^unix:(.+)$/.exec(address)?.[1]
  if (path !== undefined) return { kind: 'socket', path }
  const [, host = '', port = ''] = /^\[?([^\]]+)\]?:(\d{1,5})$/.exec(address) ?? []
  if (!isLoopback(host) || Number(port) > 65_535)
    throw new ConfigError(`--listen ${address} is neither unix:PATH nor a loopback address with a port.`)
  return { kind: 'tcp', host, port: Number(port) }
}

function readKubernetes(set: Environment): Omit<KubernetesConfig, 'dryRunsOnly'> {
  const { KUBECONFIG: files, KUBE_CONTEXT: context, MCP_EXPECTED_SERVER: server, MCP_EXPECTED_UID: uid } = set
  const kubeconfigs = files?.split(delimiter).filter(Boolean) ?? [join(homedir(), '.kube', 'config')]
  return {
    kubeconfigs,
    chosen: files !== undefined || context !== undefined,
    inPod: set.KUBERNETES_SERVICE_HOST !== undefined,
    namespaces: set.NAMESPACES,
    deniedKinds: set.DENY_KINDS,
    deniedNamespaces: set.DENY_NAMESPACES,
    ...(context !== undefined && { context }),
    ...(server !== undefined && { expectedServer: server.replace(/\/+$/, '') }),
    ...(uid !== undefined && { expectedUid: uid }),
  }
}

/** True for addresses that other machines cannot reach. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || (isIP(host) === 4 && host.startsWith('127.'))
}
