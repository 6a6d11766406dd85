/** Assembles the application for one process, and starts its turns. */
import { randomUUID } from 'node:crypto'
import type { Attachment, AttachmentRequest } from '#shared/chat/attachment'
import type { ChatRequest } from '#shared/chat/request'
import type { Runbook } from '#shared/commands/runbook'
import type { Health } from '#shared/health'
import type { ClusterChoice } from '#shared/clusters'
import type { ModelToolName } from '#shared/tool-names'
import type { User } from '#shared/user'
import type { Logger } from 'pino'
import { toConversation } from '../agent/history'
import { nextBeginning } from '../agent/next-request'
import type { Policy } from '../agent/policy'
import type { Conversation } from '../agent/turn'
import { AuditError, openAudit, recordCalls, recordWrites } from '../audit'
import type { Audit } from '../audit'
import { createApprovals, createApprovalGate, withAnswers } from '../approvals'
import { placesOf } from '../approvals/places'
import { msg } from '#shared/messages/create'
import { createAccess } from '../auth/access'
import type { Access } from '../auth/access'
import type { Caller } from '../auth/caller'
import type { Config } from '../config/config'
import { ConfigError } from '../config/error'
import { readEvaluation } from './evaluation'
import { openResultMemory } from './result-memory'
import { directRequests } from './direct-requests'
import type { DirectRequests } from './direct-requests'
import { healthOf } from './health'
import type { WebConfig } from '../http/config'
import { Slots } from '../limits/slots'
import { openTelemetry } from '../telemetry'
import type { Telemetry } from '../telemetry'
import type { Lease } from '../mcp/links/pool'
import { withFind } from '../mcp/toolbox/with-find'
import { prepareChange } from '../preview'
import { keepAttachment, keptResults } from '../results'
import { answerQuestion, clusterFacts } from './question'
import { openModelSide } from './model-side'
import { checkRules, createPolicies, reportUnusedRules } from './policies'
import { readBeginning, thenReadAhead } from './reading-ahead'
import { Notifier } from '../turns/notifier'
import { ConversationClusters } from './conversation-clusters'
import { ClusterChoiceError } from './connections/errors'
import { openConnections } from './connections'
import type { ClusterConnection } from './connections'
import { Rancher } from '../rancher/rancher'
import { chooseCluster, clusterLabel } from './sources'
import { logTurn } from '../turns/log-turn'
import type { RunTurn, Turn } from '../turns/turn'
import { Turns } from '../turns/turns'

export interface Assistant {
  /**
   * A user's MCP sessions and tools. Release them when the work is done.
   * @param cluster absent: the only one; if there are several, sessions without a cluster
   * @throws ClusterChoiceError, TooManySessionsError, RancherError
   */
  connect: (caller: Caller, cluster?: string) => Promise<Lease<ClusterConnection>>
  /** The clusters to choose from. Empty if there is only one. @throws RancherError */
  clusters: (caller: Caller) => Promise<ClusterChoice[]>
  /** Whose rights in the cluster apply. */
  readonly rights: 'server' | 'user'
  /** Names and patterns of clusters that the page marks as production. */
  readonly productionClusters: readonly string[]
  /** The operator's, for the prompt. */
  readonly runbooks: readonly Runbook[]
  /** The operator's policy; a user's rights can only narrow it. */
  readonly policy: Policy
  readonly turns: Turns
  readonly access: Access
  readonly web: WebConfig
  /** Open responses and sockets by user. */
  readonly streams: Slots
  /**
   * Starts a turn.
   * @throws TurnRefusedError, and as `connect`
   */
  ask: (request: ChatRequest, requestId: string, caller: Caller) => Promise<Turn>
  /** Reads and dry runs without the model. */
  readonly direct: DirectRequests
  /** Keeps a text that a user attaches to a question. */
  attach: (request: AttachmentRequest, user: User) => Promise<Attachment>
  /** @param connection whose cluster is meant; absent: the process's own */
  health: (connection?: ClusterConnection) => Health
  /** Absent: no metrics. */
  metricsText?: Telemetry['metricsText']
  /** Fires when the health may have changed. */
  readonly healthChanges: Notifier
  /** Ends running turns, after the configured grace period or at once. */
  endTurns: (how: 'with-grace' | 'at-once') => Promise<void>
  /** Closes all connections and child processes. */
  close: () => Promise<void>
}

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
  const modelSide = await openModelSide(config)
  const { source: modelSource, monitor, readAhead } = modelSide
  const healthChanges = new Notifier()

  const rancher = config.rancher && new Rancher(config.rancher)
  const connections = openConnections({ config, source: clusterSource, audit: file, log, rancher, healthChanges })
  const { base } = connections
  reportUnusedRules(config, base.links, log)
  clusterSource.pinned?.watch(() => healthChanges.fire())
  monitor.onChange(() => healthChanges.fire())
  const conversationClusters = new ConversationClusters()

  const memory = await openResultMemory(config.approvals, log.child({ part: 'results' }))
  const approvals = await createApprovals(config.approvals, log.child({ part: 'approvals' }))
  const policies = createPolicies(config, clusterSource.accessMode)
  const { policy } = policies
  const turns = new Turns(config.turns)
  const evaluated = readEvaluation(config.model.evaluationFile, modelSource.name)
  const parts = { startedAt, monitor, policy, turns, model: modelSource, ...(evaluated && { evaluated }) }
  const nextOf = (history: Conversation['history'], ownPolicy: Policy, { links, source }: ClusterConnection) =>
    nextBeginning(history, {
      ...modelSide.forTurns,
      policy: ownPolicy,
      toolbox: withFind(links.toolbox),
      cluster: clusterFacts({ cluster: source.cluster, links }),
      windowTokens: monitor.status().window.tokens,
    })
  readBeginning(readAhead, { monitor, links: base.links }, () => nextOf([], policy, base))
  const isTool = (tool: ModelToolName) =>
    withFind(base.links.toolbox)
      .tools()
      .some((each) => each.model.name === tool)
  const { baseUrl, name: model, demo: demoModel } = modelSource
  log.info(
    { model, modelServer: new URL(baseUrl).origin, demoModel, cluster: clusterSource.cluster },
    'assistant started',
  )

  function begin(question: ChatRequest, requestId: string, user: User, connection: ClusterConnection): Turn {
    const { id: conversationId, turnId = randomUUID(), resumable, messages, approvals: answers } = question
    const { links, source, audit } = connection
    if (!connection.hasCluster) throw new ClusterChoiceError(msg('cluster-needed'))
    if (connection.id !== undefined) conversationClusters.keep(user.name, conversationId, connection.id)
    const conversation = withAnswers(toConversation(messages), answers, approvals.seal)
    const ownPolicy = policies.of(user)
    const inTurn = { user: user.name, conversation: conversationId, turn: turnId, request: requestId }
    const results = keptResults(memory, { user: user.name, conversation: conversationId ?? turnId })
    const record = recordCalls(audit, inTurn, log)
    const approvalGate = createApprovalGate({
      ...approvals,
      prepare: (call, signal) => prepareChange(call, links.toolbox, signal),
      policy: ownPolicy,
      user,
      conversation: conversationId ?? '',
      cluster: clusterLabel(source),
      place: placesOf(source, links),
      allowUnverified: config.access.allowUnverified,
      state: source.state,
      record,
      recordRun: recordWrites(audit, inTurn),
    })
    const run: RunTurn = (emit, signal) =>
      thenReadAhead(
        readAhead,
        messages,
        (tap) =>
          answerQuestion(
            conversation,
            { ...modelSide.forTurns, links, cluster: source.cluster, approvalGate, results, policy: ownPolicy, record },
            tap,
            signal,
          ),
        (finished) => nextOf(toConversation(finished).history, ownPolicy, connection),
        emit,
      )
    const last = messages.at(-1)
    // Approvals sent beside the messages continue in a new message.
    const messageId = conversation.waiting.length > 0 && last?.role === 'assistant' ? last.id : undefined
    const request = { user: user.name, turnId, conversationId, messageId, resumable, requestId, model }
    const report = telemetry.report(request, isTool, logTurn(log.child({ requestId, user: user.name })))
    const turn = turns.begin(request, run, report)
    const onEnd = () => turn.fail('login-needed', msg('login-rancher-ended'))
    connection.loginEnded.addEventListener('abort', onEnd)
    void turn.ended.finally(() => connection.loginEnded.removeEventListener('abort', onEnd))
    return turn
  }

  return {
    connect: (caller, cluster) => connections.lease(caller, cluster),
    clusters: (caller) => connections.clusters(caller),
    rights: rancher || config.impersonate ? 'user' : 'server',
    productionClusters: config.productionClusters,
    runbooks: config.runbooks,
    policy,
    turns,
    access: createAccess(config.auth, { ...(rancher && { rancher }) }),
    web: config.web,
    streams: new Slots(config.maxStreamsPerUser),
    ask: async (question, requestId, caller) => {
      const { user } = caller
      const lease = await connections.lease(caller, question.cluster)
      try {
        const turn = begin(question, requestId, user, lease.value)
        void turn.ended.finally(lease.release)
        return turn
      } catch (error) {
        lease.release()
        throw error
      }
    },
    direct: directRequests(policies, log),
    attach: (request, user) => keepAttachment(request, user.name, memory),
    health: ({ links, source, hasCluster } = base) =>
      healthOf({ ...parts, links, cluster: hasCluster ? source.cluster : undefined }),
    ...(telemetry.metricsText && { metricsText: telemetry.metricsText }),
    healthChanges,
    endTurns: async (how) => {
      const ending = turns.close(how === 'with-grace' ? config.shutdownGraceMs : 0)
      healthChanges.fire()
      await ending
    },
    close: async () => {
      await connections.close()
      await approvals.claims.close()
      await memory.close()
      await file.close()
      await Promise.all([clusterSource.close(), modelSide.close(), telemetry.close()])
    },
  }
}

/** @throws ConfigError if changes are enabled but the audit is not possible */
async function audited({ access }: Config, log: Logger): Promise<Audit> {
  try {
    return await openAudit(access.auditFile, access.mode === 'approve', log.child({ part: 'audit' }, { level: 'info' }))
  } catch (error) {
    throw error instanceof AuditError ? new ConfigError({ variable: 'AUDIT_FILE', problem: error.message }) : error
  }
}
