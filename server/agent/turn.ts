/**
 * The loop: model step → tool calls → results → next step, until the model answers or the rounds are used up.
 * It knows neither HTTP nor Vue, neither Ollama nor MCP.
 */
import type { CallRecord } from '../audit/entry'
import { knownTool } from '../mcp/servers'
import type { ToolEntry, Toolbox } from '../mcp/toolbox/types'
import { ModelError } from '../model/types'
import type { ChatModel, ModelMessage, StepUsage } from '../model/types'
import { fitRequest, resultChars, trustedPromptTokens } from './budget'
import { CallGuard } from './call-guard'
import type { ApprovalDesk, WaitingCall } from './desk'
import type { FinishReason, TurnEvent, TurnUsage } from './events'
import { missingVerbs } from './missing-verbs'
import { modelStep } from './model-step'
import { ASK_AGAIN, NUDGE, ROUNDS_USED } from './model-texts'
import type { Emit, StepOutcome, StepPauses } from './model-step'
import { isNarration, toolCallInText } from './narration'
import { lastResult } from './last-result'
import { systemPrompt } from './prompt'
import { settleCalls } from './settle'
import type { Policy } from './policy'
import { offerTools } from './tool-offer'
import type { ToolOffer } from './tool-offer'
import { toolRound } from './tool-round'

export interface TurnDeps {
  model: ChatModel
  toolbox: Toolbox
  /** Where writes wait for a person. */
  desk: ApprovalDesk
  policy: Policy
  /** Is told of each call that no person was asked about. */
  record: (call: CallRecord) => void
  /** The context window in force, in tokens. */
  windowTokens: number
  /** What is known of the cluster in use. */
  cluster: { name?: string; context?: string }
  /** Steps with tool calls after which the model must answer with what it has. */
  maxRounds: number
  pauses: StepPauses
}

/** What a turn begins with. */
export interface Conversation {
  history: readonly ModelMessage[]
  /** Calls of the last assistant message that have no result yet: they waited for a person. */
  waiting: readonly WaitingCall[]
}

const ASK_AGAIN = 'Your last message was empty. Answer the question now, in words, or call a tool.'
const NUDGE = 'Do not print commands. Call the tool yourself, now, and then answer.'
const ROUNDS_USED = 'You have used all tool calls of this turn. Answer now with what you have, and say what is missing.'

/** Broken arguments in a row after which the turn is given up: asked again twice. */
const MAX_BROKEN = 3

/**
 * Runs one turn.
 * @param conversation without a system message, ending with the person's question, or with the calls that waited for them
 * @param emit is given what happens in the middle of a model's step: its deltas, and what it waits for. Between two events
 *   of the generator, in order
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
    yield { type: 'error', code: error.code, message: error.message }
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
  const { windowTokens, toolbox, desk, policy, record, pauses } = deps
  const messages = [...history]
  const maxChars = resultChars(windowTokens)
  const guard = new CallGuard(policy)
  if (waiting.length > 0) {
    const settled = yield* settleCalls(waiting, guard, { toolbox, desk, maxChars, record }, signal)
    messages.push(...settled.messages)
    signal.throwIfAborted()
    if (settled.isWaiting) return 'approval-required'
  }
  const toolNames = new Set(
    toolbox
      .tools()
      .filter(doesAllOfItsName)
      .map((entry) => entry.name),
  )
  const offer = offerTools(toolbox.tools(), windowTokens, policy)
  if (offer.extent !== 'full') yield { type: 'notice', text: smallWindow(windowTokens, offer) }
  const system = systemPrompt(deps.cluster, policy.mode, missingVerbs(toolNames))
  const questionAt = messages.findLastIndex((message) => message.role === 'user')
  const question = messages[questionAt]?.content ?? ''
  let askedAgain = false
  let nudged = false
  let toldLeftOut = false

  for (let round = 0; ; round++) {
    const mayCall = round < deps.maxRounds
    if (!mayCall) messages.push({ role: 'user', content: ROUNDS_USED })
    const tools = mayCall ? offer.tools : []
    const fitted = fitRequest(system, tools, messages, windowTokens, questionAt)
    if (!fitted) {
      yield { type: 'error', code: 'window-too-small', message: tooLong(windowTokens, offer) }
      return 'error'
    }
    guard.shortened(fitted.shortenedIds)
    if (fitted.leftOut > 0 && !toldLeftOut) yield { type: 'notice', text: leftOut(windowTokens) }
    toldLeftOut ||= fitted.leftOut > 0
    yield { type: 'step-start' }
    const request = { messages: fitted.messages, tools, maxTokens: fitted.maxTokens }
    const step = await modelStep(deps.model, request, emit, signal, pauses)
    add(usage, step.usage)
    const used =
      trustedPromptTokens(fitted.promptTokens, step.usage?.promptTokens) + (step.usage?.completionTokens ?? 0)
    yield { type: 'window', usage: { used, total: windowTokens, shortened: fitted.shortenedIds.size } }

    if (step.calls.length > 0 && mayCall) {
      const precededBy = lastResult(messages)
      const round = yield* toolRound(step, guard, { toolbox, desk, maxChars, precededBy, record }, signal)
      messages.push(...round.messages)
      yield { type: 'step-end' }
      signal.throwIfAborted()
      if (round.isWaiting) return 'approval-required'
      if (guard.brokenInARow < MAX_BROKEN) continue
      yield { type: 'error', code: 'model-bad-response', message: BROKEN_CALLS }
      return 'error'
    }

    const correction = correct(step, question, { askedAgain, nudged: nudged || round > 0 })
    if (correction === 'ask-again') askedAgain = true
    if (correction === 'nudge') nudged = true
    yield { type: 'step-end' }
    if (correction) {
      if (step.text) messages.push({ role: 'assistant', content: step.text })
      messages.push({ role: 'user', content: correction === 'nudge' ? NUDGE : ASK_AGAIN })
      continue
    }
    if (step.text.trim() === '') {
      yield { type: 'error', code: 'model-empty', message: EMPTY_ANSWER }
      return 'error'
    }
    const inText = toolCallInText(step.text, new Set(offer.tools.map((tool) => tool.name)))
    if (inText) yield { type: 'notice', text: callInText(deps.model.name, inText) }
    if (!mayCall) return 'tool-calls'
    return step.reason === 'length' ? 'length' : 'stop'
  }
}

const BROKEN_CALLS =
  'The model wrote tool calls whose arguments were not valid JSON, three times in a row. Ask again, or in simpler words.'
const EMPTY_ANSWER = 'The model ended twice without an answer. Ask again, or in other words.'

/** Whether an answer without a call is asked again, and how. Each once in a turn. */
function correct(
  step: StepOutcome,
  question: string,
  done: { askedAgain: boolean; nudged: boolean },
): 'ask-again' | 'nudge' | undefined {
  if (step.text.trim() === '') return done.askedAgain ? undefined : 'ask-again'
  if (!done.nudged && isNarration(question, step.text)) return 'nudge'
  return undefined
}

/** False for a tool that only reads while its name promises changes: our own `kubectl_rollout` restarts nothing. */
function doesAllOfItsName({ name, server }: ToolEntry): boolean {
  return knownTool(name, server)?.effect !== 'read' || knownTool(name)?.effect === 'read'
}

function add(usage: TurnUsage, step: StepUsage | undefined): void {
  usage.promptTokens += step?.promptTokens ?? 0
  usage.completionTokens += step?.completionTokens ?? 0
}

function smallWindow(windowTokens: number, offer: ToolOffer): string {
  const how = offer.extent === 'few' ? 'fewer tools' : 'shorter tool descriptions'
  return `The model runs with a context window of ${windowTokens} tokens, so it is offered ${how} and results are cut short. Set OLLAMA_CONTEXT_LENGTH=${offer.windowForFull} or more on the Ollama server.`
}

function leftOut(windowTokens: number): string {
  return `Older questions of this conversation no longer fit into the model's context window of ${windowTokens} tokens and were left out.`
}

function tooLong(windowTokens: number, offer: ToolOffer): string {
  const want = Math.max(offer.windowForFull, windowTokens * 2)
  return `The question, with what was read for it, does not fit into the model's context window of ${windowTokens} tokens. Ask in smaller steps, or set OLLAMA_CONTEXT_LENGTH=${want} or more on the Ollama server.`
}

function callInText(model: string, tool: string): string {
  return `The model ${model} wrote a call of ${tool} as text in place of calling it; text is never executed. This model does not do tools well: gpt-oss:20b does.`
}
