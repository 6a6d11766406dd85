/**
 * The loop: model step → tool calls → results → next step, until the model answers or the rounds are used up.
 * Independent of HTTP, Vue, Ollama and MCP.
 */
import { ROUNDS_USED, STUCK } from '#shared/chat/reminders'
import { withoutAskedNote } from '#shared/chat/asked'
import type { FinishReason, TurnUsage } from '#shared/chat/answer'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { CallRecord } from '../audit/entry'
import { knownTool } from '../mcp/servers'
import { cutEnd } from '../results'
import type { ToolEntry, Toolbox } from '../mcp/toolbox/types'
import type { KeptResults } from '../results'
import { ContextLengthError, asContextLengthError } from '../model/context-length'
import { ModelError } from '../model/types'
import type { ChatModel, ModelMessage, StepUsage } from '../model/types'
import { RequestFitter, resultTokens, trustedPromptTokens } from './budget'
import type { TokenMeter } from './budget'
import { CallGuard } from './calls/call-guard'
import type { ApprovalGate, WaitingCall } from './calls/approval-gate'
import type { TurnEvent } from './events'
import { MORE_TOOLS } from './more-tools'
import { missingVerbs } from './calls/missing-verbs'
import { modelStep } from './model-step'
import type { Emit, StepPauses } from './model-step'
import { finalText } from './answer/final-text'
import { AnswerJudge } from './answer/judge'
import { lastResult } from './calls/last-result'
import { systemPrompt } from './prompt'
import type { ClusterFacts } from './prompt'
import { runApprovedCalls } from './calls/approved-calls'
import type { Policy } from './policy'
import { offerTools } from './tool-offer'
import type { ToolOffer } from './tool-offer'
import { toolRound } from './calls/tool-round'

export interface TurnDeps {
  model: ChatModel
  toolbox: Toolbox
  /** The long results of this conversation. */
  results: KeptResults
  /** Handles the approval of writes. */
  approvalGate: ApprovalGate
  policy: Policy
  /** Receives calls that ran without approval. */
  record: (call: CallRecord) => void
  /** The context window, in tokens. */
  windowTokens: number
  /** Counts in the model's own tokens. */
  meter: TokenMeter
  /** Known facts about the cluster. */
  cluster: ClusterFacts
  /** The operator's limit of an answer, in tokens. */
  answerTokens?: number
  /** Maximum steps with tool calls before the model must answer. */
  maxRounds: number
  pauses: StepPauses
}

/** The input of a turn. */
export interface Conversation {
  history: readonly ModelMessage[]
  /** Pending calls of the last assistant message, without a result. */
  waiting: readonly WaitingCall[]
}

/** Consecutive steps with invalid arguments that end the turn. */
const MAX_BROKEN = 3

/** Requests that the model server may refuse as too long. */
const MAX_REFUSED_LENGTHS = 2

/** Consecutive steps that only repeat calls, after which the model must answer. */
const MAX_REPEATED = 2

/** Characters of a wrong answer that the model sees again. */
const LONGEST_WRONG = 600

/**
 * Runs one turn.
 * @param conversation without a system message, ending with the question or with pending calls
 * @param emit receives events within a model step (deltas, waiting), in order with the generator's
 * @param signal aborts model and tools at once
 * @returns all other events; the last is always `finish`
 */
export async function* runTurn(
  conversation: Conversation,
  deps: TurnDeps,
  emit: Emit,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, void> {
  const usage: TurnUsage = { promptTokens: 0, completionTokens: 0 }
  try {
    const reason = yield* rounds(conversation, deps, usage, emit, signal)
    yield { type: 'finish', reason, usage }
  } catch (error) {
    if (signal.aborted) {
      yield { type: 'finish', reason: 'aborted', usage }
      return
    }
    if (!(error instanceof ModelError)) throw error
    yield { type: 'error', code: error.code, detail: error.detail }
    yield { type: 'finish', reason: 'error', usage }
  }
}

async function* rounds(
  { history, waiting }: Conversation,
  deps: TurnDeps,
  usage: TurnUsage,
  emit: Emit,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, FinishReason, void> {
  const { meter, toolbox, results, approvalGate, policy, record, pauses } = deps
  let { windowTokens } = deps
  const messages = [...history]
  const maxTokens = resultTokens(windowTokens)
  const guard = new CallGuard(policy)
  if (waiting.length > 0) {
    const approved = yield* runApprovedCalls(waiting, guard, { toolbox, approvalGate, maxTokens, record }, signal)
    messages.push(...approved.messages)
    yield { type: 'notice', message: approved.counted }
    signal.throwIfAborted()
    if (approved.isWaiting) return 'approval-required'
  }
  const known = toolbox.tools()
  const toolNames = new Set(
    known.filter((entry) => entry.unavailable === undefined && doesAllOfItsName(entry)).map((entry) => entry.name),
  )
  const reasons = [...new Set(known.flatMap(({ unavailable }) => unavailable ?? []))]
  let offer = offerTools(known, windowTokens, policy, messages)
  if (offer.isCut) yield { type: 'notice', message: smallWindow(windowTokens, offer) }
  const system = systemPrompt(
    deps.cluster,
    policy.plansChanges ? 'plan' : policy.mode,
    missingVerbs(toolNames),
    reasons,
  )
  const questionAt = messages.findLastIndex((message) => message.role === 'user')
  // The page's notes below it are not the person's words.
  const question = withoutAskedNote(messages[questionAt]?.content ?? '')
  const judge = new AnswerJudge()
  let hasLooked = messages.some((message) => message.role === 'tool' && message.name !== MORE_TOOLS)
  const fitter = new RequestFitter(meter)
  let hasTriedChange = waiting.length > 0
  let [toldLeftOut, refusedLengths] = [false, 0]
  let hasRefused = false

  for (let round = 0; ; round++) {
    const isStuck = guard.repeatedInARow >= MAX_REPEATED
    const mayCall = round < deps.maxRounds && !isStuck
    // As late as possible: gpt-oss' template drops all reasoning before a message of the user.
    if (isStuck || hasRefused) messages.push({ role: 'user', content: isStuck ? STUCK : ROUNDS_USED })
    const { tools } = offer
    const fitted = fitter.fit({ system, tools, windowTokens, answerLimit: deps.answerTokens }, messages, questionAt)
    if (!fitted) {
      yield { type: 'error', code: 'window-too-small', detail: tooLong(windowTokens, offer) }
      return 'error'
    }
    guard.shortened(fitted.shortenedIds)
    if (fitted.leftOut > 0 && !toldLeftOut)
      yield { type: 'notice', message: msg('window-left-out', { tokens: windowTokens }) }
    toldLeftOut ||= fitted.leftOut > 0
    yield { type: 'step-start' }
    const request = { messages: fitted.messages, tools, maxTokens: fitted.maxTokens }
    const step = await modelStep(deps.model, request, emit, signal, pauses).catch(asContextLengthError)
    if (step instanceof ContextLengthError) {
      if (++refusedLengths > MAX_REFUSED_LENGTHS) throw step
      windowTokens = step.smallerWindow(windowTokens, fitted.promptTokens + fitted.maxTokens)
      yield { type: 'step-end' }
      continue
    }
    add(usage, step.usage)
    meter.learn(fitted.estimate, step.usage?.promptTokens)
    const used =
      trustedPromptTokens(fitted.promptTokens, step.usage?.promptTokens) + (step.usage?.completionTokens ?? 0)
    yield { type: 'window', usage: { used, total: windowTokens, shortened: fitted.shortenedIds.size } }

    if (step.calls.length > 0) {
      const precededBy = lastResult(messages)
      const refusal = mayCall ? undefined : { detail: msg('no-more-calls'), advice: isStuck ? STUCK : ROUNDS_USED }
      const roundDeps = { toolbox, results, approvalGate, maxTokens, precededBy, record, refusal }
      const round = yield* toolRound(step, guard, roundDeps, signal)
      messages.push(...round.messages)
      offer = offerTools(toolbox.tools(), windowTokens, policy, messages)
      hasLooked ||= round.hasLooked
      hasTriedChange ||= round.hasTriedChange
      judge.called()
      yield { type: 'step-end' }
      signal.throwIfAborted()
      if (round.isWaiting) return 'approval-required'
      if (refusal && (isStuck || hasRefused)) {
        yield { type: 'notice', message: isStuck ? msg('model-only-repeats') : msg('rounds-used-up') }
        return 'tool-calls'
      }
      hasRefused = refusal !== undefined
      if (guard.brokenInARow < MAX_BROKEN) continue
      yield { type: 'error', code: 'model-bad-response', detail: msg('broken-calls') }
      return 'error'
    }

    const text = finalText(step.text)
    if (isStuck && text.trim() === '') {
      yield { type: 'step-end' }
      yield { type: 'notice', message: msg('model-only-repeats') }
      return 'tool-calls'
    }
    const verdict = judge.judge(text, step, {
      question,
      tools: mayCall ? tools : [],
      hasLooked,
      mayChange: policy.mode === 'approve',
      hasTriedChange,
      answerTokens: fitted.maxTokens,
    })
    // Nothing of an answer that is not shown stays on the page.
    if (verdict.kind !== 'show' || text !== step.text) yield { type: 'step-reset' }
    if (verdict.kind === 'show' && text !== step.text) {
      if (step.reasoning) yield { type: 'reasoning-delta', text: step.reasoning }
      yield { type: 'text-delta', text }
    }
    yield { type: 'step-end' }
    switch (verdict.kind) {
      case 'again':
        if (step.text) messages.push({ role: 'assistant', content: cutEnd(step.text, LONGEST_WRONG) })
        messages.push({ role: 'user', content: verdict.hint })
        continue
      case 'fail':
        yield { type: 'error', code: verdict.code, detail: verdict.detail }
        return 'error'
      case 'show':
        for (const message of verdict.notices) yield { type: 'notice', message }
        if (!mayCall) return 'tool-calls'
        return step.reason === 'length' ? 'length' : 'stop'
    }
  }
}

/** False for a read-only tool whose name promises changes: our own `kubectl_rollout` cannot restart then. */
function doesAllOfItsName({ name, server }: ToolEntry): boolean {
  return knownTool(name, server)?.effect !== 'read' || knownTool(name)?.effect === 'read'
}

function add(usage: TurnUsage, step: StepUsage | undefined): void {
  usage.promptTokens += step?.promptTokens ?? 0
  usage.completionTokens += step?.completionTokens ?? 0
}

function smallWindow(tokens: number, { windowForAll: wanted }: ToolOffer): Message {
  return msg('window-few-tools', { tokens, wanted })
}

function tooLong(tokens: number, { windowForAll }: ToolOffer): Message {
  return msg('window-too-small', { tokens, wanted: Math.max(windowForAll, tokens * 2) })
}
