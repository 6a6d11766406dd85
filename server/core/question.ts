/** Prepares a question's turn: waits for the tools and the model's window, and reports that. */
import type { ErrorCode } from '#shared/errors'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { TokenMeter } from '../agent/budget'
import type { TurnEvent } from '../agent/events'
import type { StepPauses } from '../agent/model-step'
import type { ClusterFacts } from '../agent/prompt'
import { runTurn } from '../agent/turn'
import type { Conversation } from '../agent/turn'
import type { ApprovalGate } from '../agent/calls/approval-gate'
import type { Policy } from '../agent/policy'
import type { CallRecord } from '../audit'
import { McpUnavailableError } from '../mcp/errors'
import { problemOf } from '../mcp/links/cluster-state'
import type { McpLinks } from '../mcp/links/links'
import type { ModelMonitor } from '../model/status'
import type { ChatModel } from '../model/types'
import { withFind } from '../mcp/toolbox/with-find'
import type { KeptResults } from '../results'

export interface QuestionDeps {
  model: ChatModel
  meter: TokenMeter
  monitor: ModelMonitor
  links: McpLinks
  cluster: { name?: string; context?: string }
  maxRounds: number
  answerTokens?: number
  pauses: StepPauses
}

/** Data that depends on the user. */
export interface Asking {
  approvalGate: ApprovalGate
  results: KeptResults
  policy: Policy
  record: (call: CallRecord) => void
}

/**
 * Answers a question. The last event is always `finish`.
 * @param conversation ending with the question, or with pending calls
 * @param emit receives events within a model step
 */
export async function* answerQuestion(
  conversation: Conversation,
  deps: QuestionDeps & Asking,
  emit: (event: TurnEvent) => void,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, void> {
  const { monitor, links } = deps
  const { toolbox } = links
  if (links.sessions().some(({ state }) => state === 'connecting') || links.main.status().state !== 'ready')
    yield { type: 'progress', state: 'connecting-tools' }
  const noTools = await withoutTools(links, signal)
  if (noTools && toolbox.tools().length === 0) {
    yield* failed('mcp-down', noTools)
    return
  }
  const noCluster = await withoutCluster(links, signal)
  if (noCluster) {
    yield* failed('cluster-down', noCluster)
    return
  }
  let obstacle = await monitor.obstacle(signal)
  let windowTokens = monitor.status().window.tokens
  if (!obstacle && isWindowUnknown(monitor)) {
    yield { type: 'progress', state: 'loading-model' }
    windowTokens = await windowInForce(monitor, signal)
    obstacle = await monitor.obstacle(signal)
  }
  if (obstacle) {
    yield* failed(obstacle.code, obstacle.detail)
    return
  }
  // The window of an unreachable model is unknown.
  const unreachable = await withoutModel(monitor, signal)
  if (unreachable) {
    yield* failed('model-unreachable', unreachable)
    return
  }
  const turn = runTurn(
    conversation,
    { ...deps, cluster: clusterFacts(deps), toolbox: withFind(toolbox), windowTokens },
    emit,
    signal,
  )
  for await (const event of turn) {
    // The error may change the page's status, and the monitor may know a better explanation.
    if (event.type === 'error' && event.code.startsWith('model-')) {
      const { reachable } = await monitor.refresh(signal)
      const known = reachable && event.code === 'model-not-found' ? await monitor.obstacle(signal) : undefined
      yield { ...event, ...known }
    } else yield event
  }
}

/** What the instruction tells about the cluster. Its version is known once our own server has read it. */
export function clusterFacts({ cluster, links }: Pick<QuestionDeps, 'cluster' | 'links'>): ClusterFacts {
  const now = links.clusterState.current()
  return { ...cluster, ...(now?.state === 'ok' && now.cluster.version && { version: now.cluster.version }) }
}

function* failed(code: ErrorCode, detail: Message): Generator<TurnEvent, void, void> {
  yield { type: 'error', code, detail }
  yield { type: 'finish', reason: 'error', usage: { promptTokens: 0, completionTokens: 0 } }
}

/**
 * Waits for the MCP session, which may still be opening. Without tools a small model makes data up, so the turn does
 * not start then.
 * @returns why there is no session; undefined if there is one
 */
async function withoutTools(links: McpLinks, signal: AbortSignal): Promise<Message | undefined> {
  try {
    await links.untilReady(signal)
  } catch (error) {
    return error instanceof McpUnavailableError ? error.detail : undefined
  }
}

/**
 * Checks if the state of the cluster is not known yet, and again if the last known one prevents all calls: it may have
 * recovered.
 * @returns the reason if no call can work; undefined otherwise, and if the MCP server does not report its state
 */
async function withoutCluster({ clusterState }: McpLinks, signal: AbortSignal): Promise<Message | undefined> {
  if (clusterState.current()?.state === 'ok') return undefined
  const now = await clusterState.refresh(signal).catch(() => undefined)
  return now?.state === 'error' ? problemOf(now) : undefined
}

/** @returns why the model server is unreachable; undefined if it responds */
async function withoutModel(monitor: ModelMonitor, signal: AbortSignal): Promise<Message | undefined> {
  if (monitor.status().reachable) return undefined
  const { reachable, reason } = await monitor.refresh(signal)
  return reachable || signal.aborted ? undefined : (reason ?? msg('model-server-unreachable'))
}

function isWindowUnknown(monitor: ModelMonitor): boolean {
  const { window, loaded, reachable } = monitor.status()
  return window.source === 'assumed' && (!reachable || loaded === false)
}

/**
 * The window, in tokens. Ollama reports it only for a loaded model, so an unloaded one is loaded first, as the question
 * would do anyway: budgeting for the smallest window would cost tools and results.
 */
async function windowInForce(monitor: ModelMonitor, signal: AbortSignal): Promise<number> {
  return (await monitor.warmUp(signal)).window.tokens
}
