/** The application's settings, read from the environment and validated once at the start. */
import { childEnvironment, isOwnSecret } from '#shared/environment/children'
import { readEnvironment } from '#shared/environment/read'
import type { Runbook } from '#shared/commands/runbook'
import type { RawEnvironment } from '#shared/environment/read'
import { variables } from '#shared/environment/schema'
import type { Environment } from '#shared/environment/schema'
import { findTypos } from '#shared/environment/typos'
import type { Typo } from '#shared/environment/typos'
import { readApprovals } from '../approvals/config'
import type { ApprovalConfig } from '../approvals/config'
import { readAuth } from '../auth/config'
import type { AuthConfig } from '../auth/config'
import { evaluationPath } from '../core/evaluation'
import type { ReadAheadMode } from '../core/reading-ahead'
import { readWeb } from '../http/config'
import type { WebConfig } from '../http/config'
import type { Sampling } from '../model/families'
import { readAccess } from './access'
import type { AccessConfig } from './access'
import { ConfigError } from './error'
import { readKube } from './kube'
import type { KubeConfig } from './kube'
import { readListen } from './listen'
import { readOperation } from './operation'
import type { OperationConfig } from './operation'
import type { ListenConfig } from './listen'
import { readMcp } from './mcp'
import type { McpConfig } from './mcp'
import { readRunbooks } from './runbooks'
import { readRancher } from './rancher'
import type { RancherConfig } from './rancher'
import { Problems } from './problems'

export interface ModelConfig {
  /** Absent: an Ollama on 127.0.0.1:11434 if one responds, otherwise the demo model. */
  baseUrl?: URL
  name: string
  apiKey?: string
  /** Used if the server does not report its window, in tokens. */
  contextLength?: number
  /** The operator's, over the defaults of the model's family. */
  sampling: Sampling
  /** Maximum tokens of an answer. */
  answerTokens?: number
  /** Silence that ends a step, in milliseconds. */
  stallMs: number
  /** How long to retry a busy server, in milliseconds. */
  busyMs: number
  /** Whether the known beginning of the next request is read while the model server is idle. */
  readAhead: ReadAheadMode
  /** Results of `npm run eval`. */
  evaluationFile: string
}

export interface TurnConfig {
  /** Maximum concurrent turns. */
  maxRunning: number
  /** The same for one user. */
  maxRunningPerUser: number
  /** Turns that one user may start per minute. */
  maxPerMinute: number
  /** How long a turn continues without its page, in milliseconds. */
  graceMs: number
  /** Maximum output of one turn, in characters. */
  maxChars: number
}

export interface Config {
  listen: ListenConfig
  operation: OperationConfig
  approvals: ApprovalConfig
  /** DEMO=1: uses the demo's model and cluster, overriding other settings. */
  demo: boolean
  model: ModelConfig
  mcp: McpConfig
  kube: KubeConfig
  access: AccessConfig
  /** Starts kubernetes-mcp-server for `helm_install` and `helm_uninstall`, for machines without the helm program. */
  helmByMcpServer: boolean
  auth: AuthConfig
  /** Names and patterns of clusters that the page marks as production. */
  productionClusters: readonly string[]
  /** The operator's, in RUNBOOKS_FILE. */
  runbooks: readonly Runbook[]
  /** Set with AUTH_MODE=rancher. */
  rancher?: RancherConfig
  /** Each user's name and groups are sent to the API server, and their own rights apply. */
  impersonate: boolean
  web: WebConfig
  /** Maximum rounds of tool calls in a turn. */
  maxRounds: number
  turns: TurnConfig
  /** Maximum open responses and sockets of one user. */
  maxStreamsPerUser: number
  /** How long running turns may continue after SIGTERM, in milliseconds. */
  shutdownGraceMs: number
  /** Timeout of a tool call, in milliseconds; Helm's are longer. */
  mcpCallMs: number
  logLevel: Environment['LOG_LEVEL']
  /** Environment of the MCP servers that we start. */
  childEnv: Record<string, string>
  /** Variables that look like misspelt ones of ours. */
  typos: readonly Typo[]
}

/** Room for several of the largest tool results; more indicates an error. */
const MAX_TURN_CHARS = 32 * 1024 * 1024

const IGNORED_IN_DEMO = new Set(variables.filter(({ ignoredInDemo }) => ignoredInDemo).map(({ name }) => name))

/** @throws ConfigError naming all invalid variables */
export function readConfig(raw: RawEnvironment): Config {
  const demo = readEnvironment(raw, 'app').environment.DEMO
  const { environment: env, problems: wrong } = readEnvironment(raw, 'app', demo ? IGNORED_IN_DEMO : undefined)
  const problems = new Problems(wrong)
  const auth = readAuth(env, problems)
  const rancher = readRancher(env, problems)
  const config: Config = {
    demo,
    listen: readListen(env, problems),
    operation: readOperation(raw, env, problems),
    model: readModel(env),
    mcp: readMcp(env, problems),
    kube: readKube(env, demo, problems),
    access: readAccess(env, problems),
    helmByMcpServer: env.HELM_BY_MCP_SERVER,
    approvals: readApprovals(env, problems),
    auth,
    ...(rancher && { rancher }),
    productionClusters: env.PRODUCTION_CLUSTERS,
    runbooks: readRunbooks(env, problems),
    impersonate: readImpersonate(env, problems),
    web: readWeb(env, auth.isOpen),
    maxRounds: env.MAX_ROUNDS,
    turns: readTurns(env),
    maxStreamsPerUser: env.MAX_STREAMS_PER_USER,
    shutdownGraceMs: env.SHUTDOWN_GRACE_SECONDS * 1000,
    mcpCallMs: env.MCP_CALL_SECONDS * 1000,
    logLevel: env.LOG_LEVEL,
    childEnv: readChildEnv(raw, env, problems),
    typos: findTypos(raw),
  }
  const found = problems.list()
  if (found.length > 0) throw new ConfigError(...found)
  return config
}

function readModel(env: Environment): ModelConfig {
  const {
    OLLAMA_BASE_URL: baseUrl,
    OLLAMA_API_KEY: apiKey,
    OLLAMA_CONTEXT_LENGTH: contextLength,
    MODEL_REASONING_EFFORT: reasoningEffort,
    MODEL_TEMPERATURE: temperature,
    MODEL_ANSWER_TOKENS: answerTokens,
  } = env
  return {
    ...(baseUrl !== undefined && { baseUrl: new URL(baseUrl) }),
    name: env.OLLAMA_MODEL,
    ...(apiKey !== undefined && { apiKey }),
    ...(contextLength !== undefined && { contextLength }),
    sampling: {
      ...(reasoningEffort !== undefined && { reasoningEffort }),
      ...(temperature !== undefined && { temperature }),
    },
    ...(answerTokens !== undefined && { answerTokens }),
    stallMs: env.MODEL_STALL_SECONDS * 1000,
    busyMs: env.MODEL_BUSY_SECONDS * 1000,
    readAhead: env.READ_AHEAD,
    evaluationFile: evaluationPath(env),
  }
}

function readTurns(env: Environment): TurnConfig {
  return {
    maxRunning: env.MAX_TURNS,
    maxRunningPerUser: env.MAX_TURNS_PER_USER,
    maxPerMinute: env.MAX_TURNS_PER_MINUTE,
    graceMs: env.TURN_GRACE_SECONDS * 1000,
    maxChars: MAX_TURN_CHARS,
  }
}

function readImpersonate(env: Environment, problems: Problems): boolean {
  if (!env.IMPERSONATE) return false
  if (env.AUTH_MODE !== 'proxy' && env.AUTH_MODE !== 'oidc')
    problems.add('IMPERSONATE', 'needs AUTH_MODE=proxy or oidc: otherwise nobody names users and groups', ['AUTH_MODE'])
  for (const name of ['MCP_SERVER_URL', 'MCP_SERVER_COMMAND'] as const)
    if (env[name] !== undefined) problems.add(name, 'cannot act for users: unset it, or IMPERSONATE')
  if (env.HELM_BY_MCP_SERVER) problems.add('HELM_BY_MCP_SERVER', 'cannot act for users: unset it, or IMPERSONATE')
  return true
}

function readChildEnv(raw: RawEnvironment, env: Environment, problems: Problems): Record<string, string> {
  const secret = env.MCP_SERVER_ENV.find(isOwnSecret)
  if (secret !== undefined)
    problems.add('MCP_SERVER_ENV', `${secret} is a secret of this server: no child process receives it`)
  return childEnvironment(raw, env.MCP_SERVER_ENV)
}
