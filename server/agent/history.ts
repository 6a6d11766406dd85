/**
 * Converts the posted conversation to the model's history, in which every call has exactly one result, except pending
 * ones.
 */
import { modelToolNameSchema } from '#shared/tool-names'
import { askedNote } from '#shared/chat/asked'
import { isToolPart } from '#shared/chat/request'
import type { ChatMessage, MessagePart, ToolPart } from '#shared/chat/request'
import type { ApprovalAnswer } from '#shared/changes/approval'
import { toolOutputSchema } from '#shared/result'
import type { ModelMessage, ModelToolCall } from '../model/types'
import { cleanText } from '../results'
import type { WaitingCall } from './calls/approval-gate'
import type { Conversation } from './turn'

const NO_RESULT = 'The call was stopped before it had a result.'
const NOT_APPROVED = 'Not run: it was not approved.'

/**
 * Each step becomes an assistant message followed by its results. Reasoning of older turns is dropped: gpt-oss wants
 * only the current turn's. Call ids are made unique, since clients may repeat them.
 * If the conversation ends with an assistant message, its unanswered calls are returned as `waiting` without a result.
 */
export function toConversation(messages: readonly ChatMessage[]): Conversation {
  const history: ModelMessage[] = []
  const ids = new Map<string, number>()
  let waiting: WaitingCall[] = []
  for (const message of messages) {
    if (message.role === 'user') history.push({ role: 'user', content: questionOf(message) })
    else
      for (const step of steps(message.parts)) {
        const isLast = message === messages.at(-1) && step.at(-1) === message.parts.at(-1)
        waiting = isLast ? step.filter(isToolPart).filter(isWaiting).map(toWaiting) : []
        history.push(...stepMessages(step, ids, waiting))
      }
  }
  return { history, waiting }
}

function questionOf({ parts, asked }: ChatMessage): string {
  const text = textOf(parts)
  if (!asked) return text
  // Its note comes last, where the questions of a history are recognised by it.
  return [text, ...[...(asked.attachments ?? []).map((each) => each.text), askedNote(asked)].map(cleanText)].join(
    '\n\n',
  )
}

function isWaiting(part: ToolPart): boolean {
  return part.state === 'approval-responded' || part.state === 'approval-requested'
}

function toWaiting({ toolCallId, toolName, state, approval }: ToolPart): WaitingCall {
  const name = modelToolNameSchema.parse(toolName)
  const { id, approved, reason, signature } = approval ?? {}
  if (state !== 'approval-responded' || id === undefined || approved === undefined) return { toolCallId, name }
  const answer: ApprovalAnswer = { id, approved, ...(reason !== undefined && { reason }), signature: signature ?? '' }
  return { toolCallId, name, answer }
}

/** Splits at the AI SDK's step marks, and before a text after a call: the model spoke again. */
function steps(parts: readonly MessagePart[]): MessagePart[][] {
  const all: MessagePart[][] = [[]]
  for (const part of parts) {
    const current = all.at(-1) ?? []
    const again = part.type === 'text' && current.some((each) => each.type === 'dynamic-tool')
    if (part.type === 'step-start' || again) all.push([part])
    else current.push(part)
  }
  return all
}

function stepMessages(
  parts: readonly MessagePart[],
  ids: Map<string, number>,
  waiting: readonly WaitingCall[],
): ModelMessage[] {
  const content = textOf(parts)
  const calls = parts.filter(isToolPart).map((part) => ({ part, id: uniqueId(part.toolCallId, ids) }))
  if (calls.length === 0) return content.trim() === '' ? [] : [{ role: 'assistant', content }]
  const toolCalls = calls.map(({ part, id }): ModelToolCall => {
    return { id, name: part.toolName, arguments: JSON.stringify(objectOf(part.input)) }
  })
  const answered = calls.filter(({ part }) => !waiting.some(({ toolCallId }) => toolCallId === part.toolCallId))
  const results = answered.map(({ part, id }): ModelMessage => {
    return { role: 'tool', toolCallId: id, name: part.toolName, content: cleanText(resultOf(part)) }
  })
  return [{ role: 'assistant', content, toolCalls }, ...results]
}

function textOf(parts: readonly MessagePart[]): string {
  return parts.flatMap((part) => (part.type === 'text' && 'text' in part ? [String(part.text)] : [])).join('\n')
}

function resultOf(part: ToolPart): string {
  const output = toolOutputSchema.safeParse(part.output)
  if (output.success) return output.data.text || NO_RESULT
  if (typeof part.output === 'string' && part.output !== '') return part.output
  return part.errorText || (isWaiting(part) ? NOT_APPROVED : NO_RESULT)
}

function objectOf(input: unknown): object {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {}
}

/** @param taken count of each id so far */
function uniqueId(id: string, taken: Map<string, number>): string {
  const seen = (taken.get(id) ?? 0) + 1
  taken.set(id, seen)
  return seen === 1 ? id : uniqueId(`${id}_${seen}`, taken)
}
