/** A question's way before its turn begins: it waits for the tools and the model's window, and says for what. */
import type { ErrorCode } from '#shared/errors'
import type { TurnEvent } from '../agent/events'
import type { StepPauses } from '../agent/model-step'
import { runTurn } from '../agent/turn'
import type { Conversation } from '../agent/turn'
import type { ApprovalDesk } from '../agent/desk'
import type { Policy } from '../agent/policy'
import type { CallRecord } from '../audit'
import { McpUnavailableError } from '../mcp/errors'
import { problemOf } from '../mcp/links/cluster-state'
import type { McpLinks } from '../mcp/links/links'
import type { ModelMonitor } from '../model/status'
import type { ChatModel } from '../model/types'

export interface QuestionDeps {
  model: ChatModel
  monitor: ModelMonitor
  links: McpLinks
  cluster: { name?: string; context?: string }
  maxRounds: number
  pauses: StepPauses
}

/** What depends on who asks. */
export interface Asking {
  desk: ApprovalDesk
  policy: Policy
  record: (call: CallRecord) => void
}

/**
 * Answers a question. The last event is always `finish`.
 * @param conversation ending with the question, or with calls that waited for a person
 * @param emit is given what happens in the middle of a model's step
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
  let obstacle = await monitor.obstacle()
  let windowTokens = monitor.status().window.tokens
  if (!obstacle && isWindowUnknown(monitor)) {
    yield { type: 'progress', state: 'loading-model' }
    windowTokens = await windowInForce(monitor, signal)
    obstacle = await monitor.obstacle()
  }
  if (obstacle) {
    yield* failed(obstacle.code, obstacle.message)
    return
  }
  // Nothing is known of the window of a model that nobody reaches.
  const unreachable = await withoutModel(monitor, signal)
  if (unreachable) {
    yield* failed('model-unreachable', unreachable)
    return
  }
  const turn = runTurn(conversation, { ...deps, toolbox, windowTokens }, emit, signal)
  for await (const event of turn) {
    // What the model server is like now is news for the page, too; and it may know better what to do.
    if (event.type === 'error' && event.code.startsWith('model-')) {
      const { reachable } = await monitor.refresh(signal)
      const known = reachable && event.code === 'model-not-found' ? await monitor.obstacle() : undefined
      yield { ...event, ...known }
    } else yield event
  }
}

function* failed(code: ErrorCode, message: string): Generator<TurnEvent, void, void> {
  yield { type: 'error', code, message }
  yield { type: 'finish', reason: 'error', usage: { promptTokens: 0, completionTokens: 0 } }
}

/**
 * Waits for the MCP session: a question may come before it is ready. Without tools a small model makes data up, so a
 * turn does not begin then.
 * @returns in words why there is no session; undefined where there is one
 */
async function withoutTools(links: McpLinks, signal: AbortSignal): Promise<string | undefined> {
  try {
    await links.untilReady(signal)
  } catch (error) {
    return error instanceof McpUnavailableError ? error.message : undefined
  }
}

/**
 * Asks again if no call could work when the state of the cluster was last read: it may be well by now.
 * @returns the reason if no call can work; undefined otherwise, and if the MCP server does not tell
 */
async function withoutCluster({ clusterState }: McpLinks, signal: AbortSignal): Promise<string | undefined> {
  if (clusterState.current()?.state !== 'error') return undefined
  const now = await clusterState.refresh(signal).catch(() => undefined)
  return now?.state === 'error' ? now.text : undefined
}

/** @returns why the model server cannot be reached; undefined if it answers now */
async function withoutModel(monitor: ModelMonitor, signal: AbortSignal): Promise<string | undefined> {
  if (monitor.status().reachable) return undefined
  const { reachable, reason } = await monitor.refresh(signal)
  return reachable || signal.aborted ? undefined : (reason ?? 'The model server cannot be reached.')
}

function isWindowUnknown(monitor: ModelMonitor): boolean {
  const { window, loaded, reachable } = monitor.status()
  return window.source === 'assumed' && (!reachable || loaded === false)
}

/**
 * The window, in tokens. Ollama tells it only of a loaded model; one that is not is loaded first, which the question
 * would do anyway, since a budget of the smallest window would cost the answer tools and results.
 */
async function windowInForce(monitor: ModelMonitor, signal: AbortSignal): Promise<number> {
  if (signal.aborted) return monitor.status().window.tokens
  const gone = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  )
  const warmed = await Promise.race([monitor.warmUp(), gone]).catch(() => monitor.status())
  return warmed.window.tokens
}
