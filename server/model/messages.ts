/** The loop's messages and tools → the request's, with Ollama's traps avoided. */
import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionMessageParam,
  ChatCompletionTool,
} from 'openai/resources/chat/completions'
import { fenced, withoutMarks } from './fence'
import { isJsonObject } from './json'
import type { ModelMessage, ModelTool, ModelToolCall } from './types'

type AssistantMessage = Extract<ModelMessage, { role: 'assistant' }>

/** OpenAI's assistant message with the field in which Ollama takes the model's thinking back. */
type AssistantParam = ChatCompletionAssistantMessageParam & { content: string; reasoning?: string }

/**
 * - The instruction has the role `system`: gpt-oss ignores `developer`.
 * - `content` is always a string: null without tool calls is a 400.
 * - Arguments are always the text of a JSON object, else the request is a 400 `invalid tool call arguments`.
 * - Results of tools are fenced as data, and marks of chat templates are broken up wherever they come from: a model repeats
 *   what it has read, and a person pastes it.
 * - Consecutive assistant messages become one: Go templates merge them and lose the second's calls. Empty ones are left out.
 */
export function toRequestMessages(messages: readonly ModelMessage[]): ChatCompletionMessageParam[] {
  return mergeAssistants(messages).map(toRequestMessage)
}

/** @returns undefined where there are none: an empty list is refused by some servers */
export function toRequestTools(tools: readonly ModelTool[]): ChatCompletionTool[] | undefined {
  if (tools.length === 0) return undefined
  return tools.map(({ name, description, parameters }) => {
    return { type: 'function', function: { name, description, parameters: { ...parameters } } }
  })
}

function toRequestMessage(message: ModelMessage): ChatCompletionMessageParam {
  switch (message.role) {
    case 'system':
      return { role: 'system', content: message.content }
    case 'user':
      return { role: 'user', content: withoutMarks(message.content) }
    case 'tool':
      return {
        role: 'tool',
        tool_call_id: message.toolCallId,
        content: fenced(message.content, message.toolCallId, message.name),
      }
    case 'assistant':
      return toAssistantParam(message)
  }
}

function toAssistantParam({ content, reasoning, toolCalls }: AssistantMessage): AssistantParam {
  return {
    role: 'assistant',
    content: withoutMarks(content),
    ...(reasoning && { reasoning: withoutMarks(reasoning) }),
    ...(toolCalls?.length && { tool_calls: toolCalls.map(toToolCallParam) }),
  }
}

function toToolCallParam(call: ModelToolCall) {
  const text = isJsonObject(call.arguments) ? call.arguments : '{}'
  return {
    id: call.id,
    type: 'function' as const,
    function: { name: withoutMarks(call.name), arguments: withoutMarks(text) },
  }
}

function mergeAssistants(messages: readonly ModelMessage[]): ModelMessage[] {
  const merged: ModelMessage[] = []
  for (const message of messages) {
    if (message.role === 'assistant' && isEmpty(message)) continue
    const last = merged.at(-1)
    if (message.role === 'assistant' && last?.role === 'assistant') merged.splice(-1, 1, merge(last, message))
    else merged.push(message)
  }
  return merged
}

function isEmpty(message: AssistantMessage): boolean {
  return message.content.trim() === '' && !message.reasoning && !message.toolCalls?.length
}

function merge(first: AssistantMessage, second: AssistantMessage): AssistantMessage {
  const join = (...texts: (string | undefined)[]) => texts.filter(Boolean).join('\n\n')
  return {
    role: 'assistant',
    content: join(first.content, second.content),
    reasoning: join(first.reasoning, second.reasoning),
    toolCalls: [...(first.toolCalls ?? []), ...(second.toolCalls ?? [])],
  }
}
