/** Assembles the application for one process, and starts its turns. */
import { randomUUID } from 'node:crypto'
import type { ChatRequest } from '#shared/chat-request'
import type { Health } from '#shared/health'
import type { ModelToolName } from '#shared/tool-names'
import type { User } from '#shared/user'
import type { Logger } from 'pino'
import packageJson from '../../package.json'
import { TokenMeter } from '../agent/budget'
import { toConversation } from '../agent/history'
import { stepPauses } from '../agent/model-step'
import { nextBeginning } from '../agent/next-request'
import { createPolicy, HIDDEN_ARGUMENTS, missingRuleTool } from '../agent/policy'
import type { Policy } from '../agent/policy'
import type { Conversation } from '../agent/turn'
import { AuditError, openAudit, recordCalls, recordWrites, withCluster } from '../audit'
import type { Audit } from '../audit'
import { createApprovals, createApprovalGate, withAnswers } from '../approvals'
import { placesOf } from '../approvals/places'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { createAccess } from '../auth/access'
import type { Access } from '../auth/access'
import type { ClusterIdentity } from '../cluster/identity'
import type { Config } from '../config/config'
import { ConfigError } from '../config/error'
import { readEvaluation } from './evaluation'
import { readFindings } from './findings'
import type { FindingsAnswer, FindingsQuery } from './findings'
import { healthOf } from './health'
import type { WebConfig } from '../http/config'
import { Slots } from '../limits/slots'
import { openTelemetry } from '../telemetry'
import type { Telemetry } from '../telemetry'
import { openLinks } from '../mcp/links/links'
import type { McpLinks } from '../mcp/links/links'
import { LinkPool } from '../mcp/links/pool'
import { withFind } from '../mcp/toolbox/with-find'
import { createOllamaModel } from '../model/client'
import { ReadAhead } from '../model/read-ahead'
import { ModelMonitor } from '../model/status'
import { prepareChange } from '../preview'
import { keptResults, memoryResults } from '../results'
import type { ResultMemory } from '../results'
import { answerQuestion } from './question'
import { readBeginning, readsAhead, thenReadAhead } from './reading-ahead'
import { Notifier } from '../turns/notifier'
import { chooseCluster, chooseModel, clusterLabel } from './sources'
import type { ClusterSource } from './sources'
import { logTurn } from '../turns/log-turn'
import type { RunTurn, Turn } from '../turns/turn'
import { Turns } from '../turns/turns'

export interface Assistant {
  /** A user's MCP sessions and tools; so far all users share the assistant's credentials. */
  linksOf: (user: User) => McpLinks
  /** The operator's policy; a user's rights can only narrow it. */
  readonly policy: Policy
  readonly turns: Turns
  readonly access: Access
  readonly web: WebConfig
  /** Open responses and sockets by user. */
  readonly streams: Slots
  /**
   * Starts a turn.
   * @throws TurnRefusedError
   */
  ask: (request: ChatRequest, requestId: string, user: User) => Turn
  /** A diagnosis without the model. */
  findings: (query: FindingsQuery, requestId: string, user: User, signal: AbortSignal) => Promise<FindingsAnswer>
  health: () => Health
  /** Absent: no metrics. */
  metricsText?: Telemetry['metricsText']
  /** Fires when the health may have changed. */
  readonly healthChanges: Notifier
  /** Ends running turns, after the configured grace period or at once. */
  endTurns: (how: 'with-grace' | 'at-once') => Promise<void>
  /** Closes all connections and child processes. */
  close: () => Promise<void>
}

/** The identity of the assistant's own credentials. */
const ASSISTANT = 'assistant'

/** Interval for polling the model's state, in milliseconds: in good state, and otherwise. */
const REFRESH_MS = { ok: 10_000, else: 3000 }

/**
 * Starts everything that lives as long as the process. Failed connections are not errors: health reports them, and they
 * recover.
 * @throws ConfigError if the configuration cannot work
 */
export async function startAssistant(config: Config, log: Logger): Promise<Assistant> {
  const startedAt = Date.now()
  checkRules(config)
  const telemetry = await openTelemetry(config.operation)
  const file = telemetry.counting(await audited(config, log))
  const clusterSource = await chooseCluster(config, log)
  const modelSource = await chooseModel(config)
  const { apiKey, contextLength, stallMs, reasoningEffort } = config.model
  const { baseUrl, name } = modelSource
  const access = { baseUrl, model: name, ...(apiKey && !modelSource.demo && { apiKey }) }
  const monitor = new ModelMonitor({ ...access, ...(contextLength !== undefined && { contextLength }) })
  const isLoaded = async () => (await monitor.refresh()).loaded
  const model = createOllamaModel({ ...access, stallMs, ...(reasoningEffort && { reasoningEffort }), isLoaded })
  const isWanted = () => readsAhead(config.model.readAhead, monitor, modelSource.demo)
  const readAhead = new ReadAhead({ model, isWanted })
  const healthChanges = new Notifier()
  const stopWatching = watchModel(monitor)

  const clientInfo = { name: packageJson.name, version: packageJson.version }
  const { main, added, watch } = clusterSource
  const pool = new LinkPool(() =>
    openLinks({
      main,
      ...(added && { added }),
      ...(watch && { watch }),
      hiddenArguments: HIDDEN_ARGUMENTS,
      clientInfo,
      log: log.child({ part: 'mcp' }),
      timing: { callMs: config.mcpCallMs },
    }),
  )
  // Held until the end, so that the assistant's own sessions are never closed as idle.
  const { links } = pool.lease(ASSISTANT)
  const audit = withCluster(file, () => identityNow(clusterSource, links))
  links.onChange(() => {
    const now = links.clusterState.current()
    if (now?.state === 'ok' && now.cluster.uid !== undefined) clusterSource.pinUid?.(now.cluster.uid)
    healthChanges.fire()
  })
  if (!isBuiltIn(config)) reportUnusedRules(config, links, log)
  clusterSource.pinned?.watch(() => healthChanges.fire())
  monitor.onChange(() => healthChanges.fire())

  const { cluster } = clusterSource
  const memory = await openResultMemory(config.approvals, log.child({ part: 'results' }))
  const approvals = await createApprovals(config.approvals, log.child({ part: 'approvals' }))
  const { rules } = config.access
  const plannedOnly = config.mcp.kind === 'url' && !config.demo && !config.access.allowUnverified
  // An external server that has the name of ours might run what it is asked to plan.
  const plansChanges = isBuiltIn(config)
  const policy = createPolicy({
    mode: clusterSource.accessMode,
    plansChanges,
    rules,
    ...(plannedOnly && { plannedOnly: msg('approval-unverified') }),
  })
  const readerPolicy = (readOnlyReason?: Message) =>
    createPolicy({ mode: 'read-only', plansChanges, rules, ...(readOnlyReason !== undefined && { readOnlyReason }) })
  const place = placesOf(clusterSource, links)
  const turns = new Turns(config.turns)
  const evaluated = readEvaluation(config.model.evaluationFile, name)
  const parts = {
    startedAt,
    monitor,
    links,
    policy,
    turns,
    model: modelSource,
    cluster,
    ...(evaluated && { evaluated }),
  }
  const deps = {
    model,
    meter: new TokenMeter(),
    monitor,
    links,
    cluster,
    maxRounds: config.maxRounds,
    pauses: stepPauses(config.model.busyMs),
  }
  const nextOf = (history: Conversation['history'], ownPolicy: Policy) =>
    nextBeginning(history, {
      ...deps,
      policy: ownPolicy,
      toolbox: withFind(links.toolbox),
      windowTokens: monitor.status().window.tokens,
    })
  readBeginning(readAhead, { monitor, links }, () => nextOf([], policy))
  const isTool = (tool: ModelToolName) =>
    withFind(links.toolbox)
      .tools()
      .some((each) => each.model.name === tool)
  const demoModel = modelSource.demo
  log.info({ model: name, modelServer: new URL(baseUrl).origin, demoModel, cluster }, 'assistant started')

  return {
    linksOf: () => links,
    policy,
    turns,
    access: createAccess(config.auth),
    web: config.web,
    streams: new Slots(config.maxStreamsPerUser),
    ask: (question, requestId, user) => {
      const { id: conversationId, turnId = randomUUID(), resumable, messages, approvals: answers } = question
      const conversation = withAnswers(toConversation(messages), answers, approvals.seal)
      const ownPolicy = user.mayWrite ? policy : readerPolicy(user.readOnlyReason)
      const inTurn = { user: user.name, conversation: conversationId, turn: turnId, request: requestId }
      const results = keptResults(memory, { user: user.name, conversation: conversationId ?? turnId })
      const record = recordCalls(audit, inTurn, log)
      const approvalGate = createApprovalGate({
        ...approvals,
        prepare: (call, signal) => prepareChange(call, links.toolbox, signal),
        policy: ownPolicy,
        user,
        conversation: conversationId ?? '',
        cluster: clusterLabel(clusterSource),
        place,
        allowUnverified: config.access.allowUnverified,
        state: clusterSource.state,
        record,
        recordRun: recordWrites(audit, inTurn),
      })
      const run: RunTurn = (emit, signal) =>
        thenReadAhead(
          readAhead,
          messages,
          (tap) =>
            answerQuestion(conversation, { ...deps, approvalGate, results, policy: ownPolicy, record }, tap, signal),
          (finished) => nextOf(toConversation(finished).history, ownPolicy),
          emit,
        )
      const last = messages.at(-1)
      // Approvals sent beside the messages continue in a new message.
      const messageId = conversation.waiting.length > 0 && last?.role === 'assistant' ? last.id : undefined
      const request = { user: user.name, turnId, conversationId, messageId, resumable, requestId, model: name }
      const report = telemetry.report(request, isTool, logTurn(log.child({ requestId, user: user.name })))
      return turns.begin(request, run, report)
    },
    findings: (query, requestId, user, signal) => {
      const record = recordCalls(audit, { user: user.name, turn: requestId, request: requestId }, log)
      return readFindings(query, { toolbox: links.toolbox, policy, record }, signal)
    },
    health: () => healthOf(parts),
    ...(telemetry.metricsText && { metricsText: telemetry.metricsText }),
    healthChanges,
    endTurns: async (how) => {
      const ending = turns.close(how === 'with-grace' ? config.shutdownGraceMs : 0)
      healthChanges.fire()
      await ending
    },
    close: async () => {
      stopWatching()
      readAhead.close()
      await pool.close()
      await approvals.claims.close()
      await memory.close()
      await audit.close()
      await Promise.all([clusterSource.close(), modelSource.close(), telemetry.close()])
    },
  }
}

/** Whether the MCP servers are the built-in ones. */
function isBuiltIn({ demo, mcp }: Pick<Config, 'demo' | 'mcp'>): boolean {
  return demo || mcp.kind === 'embedded'
}

/** Deferred until an external MCP server's tools are known. */
function reportUnusedRules({ access: { rules } }: Config, { main, toolbox, onChange }: McpLinks, log: Logger): void {
  let isReported = false
  onChange(() => {
    if (isReported || main.status().state !== 'ready') return
    isReported = true
    const names = new Set<string>(toolbox.tools().map(({ name }) => name))
    const unused = Object.keys(rules.tools ?? {}).filter((tool) => !names.has(tool))
    if (unused.length > 0) log.error({ tools: unused }, 'POLICY_FILE has rules for tools that the MCP server lacks')
  })
}

/**
 * Skipped for an external MCP server, whose tools are not known yet.
 * @throws ConfigError for a rule about a nonexistent tool
 */
function checkRules({ demo, mcp, access }: Config): void {
  if (!isBuiltIn({ demo, mcp })) return
  const problem = missingRuleTool(access.rules)
  if (problem !== undefined) throw new ConfigError({ variable: 'POLICY_FILE', problem })
}

/** In Redis if replicas share one, since the next question may reach another replica. */
async function openResultMemory({ redis }: Config['approvals'], log: Logger): Promise<ResultMemory> {
  if (!redis) return memoryResults()
  const { redisResults } = await import('../redis/results')
  return redisResults(redis.url, log)
}

/** @throws ConfigError if changes are enabled but the audit is not possible */
async function audited({ access }: Config, log: Logger): Promise<Audit> {
  try {
    return await openAudit(access.auditFile, access.mode === 'approve', log.child({ part: 'audit' }, { level: 'info' }))
  } catch (error) {
    throw error instanceof AuditError ? new ConfigError({ variable: 'AUDIT_FILE', problem: error.message }) : error
  }
}

/** Cluster and user as last read: from the kubeconfig, and as the API server sees them. */
function identityNow({ state }: ClusterSource, { clusterState }: McpLinks): ClusterIdentity {
  const { problem: _, ...chosen } = state()
  const now = clusterState.current()
  if (now?.state !== 'ok') return chosen
  const { name, context, server, user, uid } = now.cluster
  return {
    cluster: name,
    ...(context !== undefined && { context }),
    ...chosen,
    apiServer: server,
    ...(user !== undefined && { apiUser: user }),
    ...(uid !== undefined && { clusterUid: uid }),
  }
}

/**
 * Loads the model and polls it.
 * @returns stops both
 */
function watchModel(monitor: ModelMonitor): () => void {
  const stopped = new AbortController()
  let timer: NodeJS.Timeout
  const look = async () => {
    await monitor.refresh(stopped.signal)
    const { reachable, reason } = monitor.status()
    timer = setTimeout(() => void look(), reachable && !reason ? REFRESH_MS.ok : REFRESH_MS.else)
    timer.unref()
  }
  void monitor.warmUp(stopped.signal)
  timer = setTimeout(() => void look(), REFRESH_MS.else)
  timer.unref()
  return () => {
    stopped.abort()
    clearTimeout(timer)
  }
}
