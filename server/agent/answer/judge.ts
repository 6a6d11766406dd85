/** Decides about an answer without a call: shown, asked for again with the reason, or given up. Within bounds. */
import {
  ARGUMENTS_ONLY,
  ASK_AGAIN,
  CALL_OR_KEEP,
  CHANGE_NOW,
  LOOK_FIRST,
  NUDGE,
  THINK_LESS,
} from '#shared/chat/reminders'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { ModelErrorCode, ModelTool } from '../../model/types'
import { nearestTool } from '../calls/nearest-tool'
import type { StepOutcome } from '../model-step'
import { calledInText } from '../model-texts'
import { callInText } from './call-in-text'
import { asksForChange } from './change-request'
import { isAboutCluster } from './claim'
import { isNarration } from './narration'

export interface AnswerContext {
  question: string
  tools: readonly ModelTool[]
  /** A result of this conversation may support the answer. */
  hasLooked: boolean
  /** Tools that change something are offered. */
  mayChange: boolean
  /** Such a tool was called in this turn. */
  hasTriedChange: boolean
  answerTokens: number
}

export type Verdict =
  | { kind: 'show'; notices: Message[] }
  | { kind: 'again'; hint: string }
  | { kind: 'fail'; code: ModelErrorCode; detail: Message }

/** Given once in a turn. */
type Reminder = 'look' | 'nudge' | 'change'

/** Consecutive answers of a wrong form that are asked for again. */
const MAX_IN_A_ROW = 2

/** One for each turn. */
export class AnswerJudge {
  private inARow = 0
  private used = new Set<Reminder>()

  /** A step with calls: the model is on its way again. */
  called(): void {
    this.inARow = 0
  }

  /** @param text the answer without marks of the chat template; the step's has them */
  judge(text: string, step: StepOutcome, context: AnswerContext): Verdict {
    const { question, tools, hasLooked, mayChange, hasTriedChange } = context
    const call = callInText(step.text, tools, question)
    if (call?.kind === 'named') {
      const isOffered = tools.some(({ name }) => name === call.name)
      const hint = calledInText(call.name, isOffered, tools, nearestTool(call.name, tools))
      return this.again(hint, 'model-bad-response', msg('model-call-in-text'))
    }
    if (call) return this.again(ARGUMENTS_ONLY, 'model-bad-response', msg('model-call-in-text'))
    if (text.trim() === '') {
      if (step.reason !== 'length') return this.again(ASK_AGAIN, 'model-empty', msg('answer-empty'))
      return this.again(THINK_LESS, 'model-empty', msg('model-answer-budget', { tokens: context.answerTokens }), 1)
    }
    const isWithoutChange = mayChange && !hasTriedChange && tools.length > 0 && asksForChange(question)
    if (isWithoutChange && this.first('change')) return { kind: 'again', hint: CHANGE_NOW }
    const isCommand = isNarration(question, text, mayChange)
    if (hasLooked && isCommand && this.first('nudge')) return { kind: 'again', hint: CALL_OR_KEEP }
    if (isWithoutChange) return { kind: 'show', notices: [msg('nothing-changed')] }
    if (hasLooked) return { kind: 'show', notices: [] }
    if (isCommand && this.first('nudge')) return { kind: 'again', hint: NUDGE }
    if (!isCommand && !isAboutCluster(question, text)) return { kind: 'show', notices: [] }
    if (!isCommand && tools.length > 0 && this.first('look')) return { kind: 'again', hint: LOOK_FIRST }
    return { kind: 'show', notices: [msg('model-unchecked')] }
  }

  private again(hint: string, code: ModelErrorCode, detail: Message, limit = MAX_IN_A_ROW): Verdict {
    return ++this.inARow > limit ? { kind: 'fail', code, detail } : { kind: 'again', hint }
  }

  private first(way: Reminder): boolean {
    const isFirst = !this.used.has(way)
    this.used.add(way)
    return isFirst
  }
}
