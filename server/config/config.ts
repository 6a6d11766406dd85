/**
 * What the environment says of model, MCP server and cluster; `listen.ts` has where to listen. Checked once, at start: a
 * wrong value is a clear message and exit 1.
 */
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { z } from 'zod'
import { parsePolicyRules, PolicyRulesError } from '../agent/policy'
import type { AccessMode, PolicyRules } from '../agent/policy'
import { auditPath } from '../audit/path'
import { SERVICE_ACCOUNT } from '../cluster/kubeconfig-source'
import { readApprovals } from '../approvals/config'
import type { ApprovalConfig } from '../approvals/config'
import { readAuth } from '../auth/config'
import type { AuthConfig } from '../auth/config'
import { ConfigError } from './error'
import { readWeb } from '../http/config'
import type { WebConfig } from '../http/config'

export { ConfigError }

export interface ModelConfig {
  /** Absent: an Ollama on 127.0.0.1:11434 if one answers, else the demo model. */
  baseUrl?: URL
  name: string
  apiKey?: string
  /** The window where the server does not tell it, in tokens. */
  contextLength?: number
  /** Silence in mid-answer after which a step is given up, in milliseconds. */
  stallMs: number
  /** How long a server that says that it is busy is asked again, in milliseconds. */
  busyMs: number
}

export type McpConfig =
  | { kind: 'embedded' }
  | { kind: 'url'; transport: 'sse' | 'http'; url: URL; authToken?: string }
  | { kind: 'command'; command: string; args: string[] }

export interface KubeConfig {
  /** Files of KUBECONFIG or `~/.kube/config` that exist; none: in-cluster, else the demo cluster. */
  paths: string[]
  context?: string
  /** The operator named files or a context: these must be right. `~/.kube/config` is only looked at. */
  chosen: boolean
  /** The process runs in a pod with a service account, and no kubeconfig is there. */
  serviceAccount?: { /** URL of the API server. */ server: string }
}

export interface AccessConfig {
  /** Absent: `approve` on the demo cluster, else `read-only`. */
  mode?: AccessMode
  /** What POLICY_FILE adds to the policy. */
  rules: PolicyRules
  /** Changes on a cluster that cannot be read, by an external MCP server. */
  allowUnverified: boolean
  /** Where the audit is written. */
  auditFile: string
}

export interface Config {
  approvals: ApprovalConfig
  /** DEMO=1: the demo's model and cluster, whatever else is set. */
  demo: boolean
  model: ModelConfig
  mcp: McpConfig
  kube: KubeConfig
  access: AccessConfig
  /** kubernetes-mcp-server is started for `helm_install` and `helm_uninstall`, for machines without the helm program. */
  helmByMcpServer: boolean
  auth: AuthConfig
  web: WebConfig
  /** Rounds of tool calls in a turn. */
  maxRounds: number
  turns: {
    /** Turns that may run at once. */
    maxRunning: number
    /** The same of one user. */
    maxRunningPerUser: number
    /** Turns that one user may begin in a minute. */
    maxPerMinute: number
    /** How long a turn goes on without the page that asked, in milliseconds. */
    graceMs: number
    /** What one turn may yield, in characters. */
    maxChars: number
  }
  /** Answers and sockets that one user may have open at once. */
  maxStreamsPerUser: number
  /** How long running turns may go on after SIGTERM, in milliseconds. */
  shutdownGraceMs: number
  /** How long a tool call may take, in milliseconds; Helm's have longer. */
  mcpCallMs: number
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  /** Environment of MCP servers that we start: all of ours but our own secrets. */
  childEnv: Record<string, string>
}

/** Several of the largest tool results; beyond it something is wrong. */
const MAX_TURN_CHARS = 32 * 1024 * 1024

type Env = Record<string, string | undefined>

/** Never handed to a child process. */
const OWN_SECRETS = /^(AUTH_TOKEN|OLLAMA_API_KEY|MCP_AUTH_TOKEN|REDIS_URL|APPROVAL_KEY|TLS_.*|NITRO_.*|NUXT_.*)$/

/**
 * @throws ConfigError that names the variable
 */
export function readConfig(env: Env = process.env): Config {
  const set = trimmed(env)
  const demo = flag(set, 'DEMO')
  const auth = readAuth(set)
  return {
    demo,
    // The demo overrides all of these, wrong values too.
    model: readModel(demo ? {} : set),
    mcp: readMcp(demo ? {} : set),
    kube: readKube(set, demo),
    access: readAccess(set),
    helmByMcpServer: flag(set, 'HELM_BY_MCP_SERVER'),
    approvals: readApprovals(set),
    auth,
    web: readWeb(set, auth.mode),
    maxRounds: integer(set, 'MAX_ROUNDS', 8, 1, 50),
    turns: {
      maxRunning: integer(set, 'MAX_TURNS', 64, 1, 100_000),
      maxRunningPerUser: integer(set, 'MAX_TURNS_PER_USER', 16, 1, 100_000),
      maxPerMinute: integer(set, 'MAX_TURNS_PER_MINUTE', 60, 1, 1_000_000),
      graceMs: integer(set, 'TURN_GRACE_SECONDS', 30, 1, 3600) * 1000,
      maxChars: MAX_TURN_CHARS,
    },
    maxStreamsPerUser: integer(set, 'MAX_STREAMS_PER_USER', 32, 1, 100_000),
    shutdownGraceMs: integer(set, 'SHUTDOWN_GRACE_SECONDS', 20, 0, 3600) * 1000,
    mcpCallMs: integer(set, 'MCP_CALL_SECONDS', 30, 1, 3600) * 1000,
    logLevel: choice(set, 'LOG_LEVEL', ['debug', 'info', 'warn', 'error'], 'info'),
    childEnv: Object.fromEntries(Object.entries(set).filter(([name]) => !OWN_SECRETS.test(name))),
  }
}

function readModel(env: Record<string, string>): ModelConfig {
  const baseUrl = url(env, 'OLLAMA_BASE_URL')
  const contextLength = env.OLLAMA_CONTEXT_LENGTH
    ? integer(env, 'OLLAMA_CONTEXT_LENGTH', 0, 1024, 10_000_000)
    : undefined
  return {
    ...(baseUrl && { baseUrl }),
    name: env.OLLAMA_MODEL ?? 'gpt-oss:20b',
    ...(env.OLLAMA_API_KEY && { apiKey: env.OLLAMA_API_KEY }),
    ...(contextLength !== undefined && { contextLength }),
    stallMs: integer(env, 'MODEL_STALL_SECONDS', 120, 1, 3600) * 1000,
    busyMs: integer(env, 'MODEL_BUSY_SECONDS', 45, 0, 3600) * 1000,
  }
}

function readMcp(env: Record<string, string>): McpConfig {
  const server = url(env, 'MCP_SERVER_URL')
  if (server?.username || server?.password)
    throw new ConfigError('MCP_SERVER_URL', 'must not hold credentials: set MCP_AUTH_TOKEN')
  const transport = env.MCP_TRANSPORT ? choice(env, 'MCP_TRANSPORT', ['sse', 'http', 'stdio'], 'sse') : undefined
  const command = env.MCP_SERVER_COMMAND
  if (server && command) throw new ConfigError('MCP_SERVER_COMMAND', 'cannot be set together with MCP_SERVER_URL')
  if (server) {
    if (transport === 'stdio') throw new ConfigError('MCP_TRANSPORT', 'stdio has no URL: unset MCP_SERVER_URL')
    const authToken = env.MCP_AUTH_TOKEN ? { authToken: env.MCP_AUTH_TOKEN } : {}
    return { kind: 'url', ...endpoint(server, transport), ...authToken }
  }
  if (transport && transport !== 'stdio') throw new ConfigError('MCP_TRANSPORT', `${transport} needs MCP_SERVER_URL`)
  if (!command) return { kind: 'embedded' }
  const [program, ...args] = command.split(/\s+/)
  return { kind: 'command', command: program ?? command, args }
}

/** A bare origin means HTTP+SSE at `/sse`; a path that ends in `/mcp` is streamable HTTP. */
function endpoint(server: URL, transport: 'sse' | 'http' | undefined): { transport: 'sse' | 'http'; url: URL } {
  const bare = server.pathname === '/'
  const kind = transport ?? (/\/mcp\/?$/.test(server.pathname) ? 'http' : 'sse')
  if (!bare) return { transport: kind, url: server }
  return { transport: kind, url: new URL(kind === 'sse' ? '/sse' : '/mcp', server) }
}

function readKube(env: Record<string, string>, demo: boolean): KubeConfig {
  const named = env.KUBECONFIG?.split(delimiter).filter(Boolean) ?? []
  const paths = named.filter((path) => existsSync(path))
  if (!demo && named.length > 0 && paths.length === 0)
    throw new ConfigError('KUBECONFIG', `there is no file ${named.join(', ')}`)
  const home = join(env.HOME ?? homedir(), '.kube', 'config')
  const found = named.length > 0 ? paths : existsSync(home) ? [home] : []
  const inPod = !demo && found.length === 0 && env.KUBERNETES_SERVICE_HOST && existsSync(join(SERVICE_ACCOUNT, 'token'))
  if (inPod && env.KUBE_CONTEXT) throw new ConfigError('KUBE_CONTEXT', 'needs a kubeconfig: set KUBECONFIG')
  return {
    paths: found,
    chosen: named.length > 0 || env.KUBE_CONTEXT !== undefined,
    ...(env.KUBE_CONTEXT && { context: env.KUBE_CONTEXT }),
    ...(inPod && { serviceAccount: { server: serviceUrl(env) } }),
  }
}

/** As Kubernetes tells each pod. */
function serviceUrl({ KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '443' }): string {
  return new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}`).origin
}

function readAccess(env: Record<string, string>): AccessConfig {
  const mode = env.ACCESS_MODE ? choice(env, 'ACCESS_MODE', ['read-only', 'approve'], 'read-only') : undefined
  return {
    ...(mode && { mode }),
    rules: env.POLICY_FILE ? readPolicyFile(env.POLICY_FILE) : {},
    allowUnverified: flag(env, 'MCP_ALLOW_UNVERIFIED_WRITES'),
    auditFile: auditPath(env),
  }
}

function readPolicyFile(path: string): PolicyRules {
  try {
    return parsePolicyRules(readFileSync(path, 'utf8'))
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    throw new ConfigError('POLICY_FILE', error instanceof PolicyRulesError ? `${path}, ${words}` : words)
  }
}

function trimmed(env: Env): Record<string, string> {
  const entries = Object.entries(env).map(([name, value]) => [name, value?.trim() ?? ''] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== ''))
}

function flag(env: Record<string, string>, name: string): boolean {
  const value = env[name]?.toLowerCase()
  if (value === undefined || ['0', 'false', 'no'].includes(value)) return false
  if (['1', 'true', 'yes'].includes(value)) return true
  throw new ConfigError(name, `"${env[name]}" is neither 1 nor 0`)
}

function integer(env: Record<string, string>, name: string, preset: number, min: number, max: number): number {
  const value = env[name]
  if (value === undefined) return preset
  const parsed = z.coerce.number().int().min(min).max(max).safeParse(value)
  if (!parsed.success) throw new ConfigError(name, `"${value}" is not a whole number from ${min} to ${max}`)
  return parsed.data
}

function choice<T extends string>(env: Record<string, string>, name: string, options: readonly T[], preset: T): T {
  const value = env[name]?.toLowerCase()
  if (value === undefined) return preset
  const found = options.find((option) => option === value)
  if (!found) throw new ConfigError(name, `"${env[name]}" is none of ${options.join(', ')}`)
  return found
}

function url(env: Record<string, string>, name: string): URL | undefined {
  const value = env[name]
  if (value === undefined) return undefined
  const parsed = URL.canParse(value) ? new URL(value) : undefined
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol))
    throw new ConfigError(name, `"${value}" is not a URL such as http://127.0.0.1:11434`)
  return parsed
}
