/** The posted conversation → the model's history, in which every call has exactly one result. */
import type { ChatMessage, MessagePart, ToolPart } from '#shared/chat-request'
import { toolOutputSchema } from '#shared/result'
import type { ModelMessage, ModelToolCall } from '../model/types'
import { redactText } from '../results'

const NO_RESULT = 'The call was stopped before it had a result.'

/**
 * Steps of an assistant message become an assistant message each, followed by the results of its calls. Reasoning of
 * older turns is left out: gpt-oss wants only that of the turn it is in. Call ids are made unique, since clients may
 * repeat them.
 */
export function toHistory(messages: readonly ChatMessage[]): ModelMessage[] {
  const history: ModelMessage[] = []
  const ids = new Map<string, number>()
  for (const message of messages) {
    if (message.role === 'user') history.push({ role: 'user', content: textOf(message.parts) })
    else for (const step of steps(message.parts)) history.push(...stepMessages(step, ids))
  }
  return history
}

/** Splits at the AI SDK's step marks, and where text follows a call: the model spoke again after its results. */
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

function stepMessages(parts: readonly MessagePart[], ids: Map<string, number>): ModelMessage[] {
  const content = textOf(parts)
  const calls = parts.filter(isToolPart).map((part) => ({ part, id: uniqueId(part.toolCallId, ids) }))
  if (calls.length === 0) return content.trim() === '' ? [] : [{ role: 'assistant', content }]
  const toolCalls = calls.map(({ part, id }): ModelToolCall => {
    return { id, name: part.toolName, arguments: JSON.stringify(objectOf(part.input)) }
  })
  const results = calls.map(({ part, id }): ModelMessage => {
    const content = redactText(resultOf(part))
    return { role: 'tool', toolCallId: id, name: part.toolName, content, ...(isOwn(part) && { own: true }) }
  })
  return [{ role: 'assistant', content, toolCalls }, ...results]
}

function isToolPart(part: MessagePart): part is ToolPart {
  return part.type === 'dynamic-tool'
}

function textOf(parts: readonly MessagePart[]): string {
  return parts.flatMap((part) => (part.type === 'text' && 'text' in part ? [String(part.text)] : [])).join('\n')
}

function resultOf(part: ToolPart): string {
  const output = toolOutputSchema.safeParse(part.output)
  if (output.success) return output.data.text || NO_RESULT
  if (typeof part.output === 'string' && part.output !== '') return part.output
  return part.errorText || NO_RESULT
}

/** A refusal is ours; of any other output the client may have altered, the cluster's is the safer guess. */
function isOwn(part: ToolPart): boolean {
  return toolOutputSchema.safeParse(part.output).data?.status === 'denied'
}

function objectOf(input: unknown): object {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {}
}

/** @param taken how often each id has been seen */
function uniqueId(id: string, taken: Map<string, number>): string {
  const seen = (taken.get(id) ?? 0) + 1
  taken.set(id, seen)
  return seen === 1 ? id : uniqueId(`${id}_${seen}`, taken)
}
