/** Converts messages and tools to request form, avoiding Ollama's pitfalls. */
import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionMessageParam,
  ChatCompletionTool,
} from 'openai/resources/chat/completions'
import { fenced, withoutMarks } from './fence'
import { isJsonObject } from './frames/json'
import type { ModelMessage, ModelTool, ModelToolCall } from './types'

type AssistantMessage = Extract<ModelMessage, { role: 'assistant' }>

/** OpenAI's assistant message with Ollama's field for the model's thinking. */
type AssistantParam = ChatCompletionAssistantMessageParam & { content: string; reasoning?: string }

/**
 * - The instruction has the role `system`: gpt-oss ignores `developer`.
 * - `content` is always a string: null without tool calls causes a 400.
 * - Arguments are always a JSON object's text; otherwise a 400 `invalid tool call arguments`.
 * - Tool results are fenced as data, and template marks are broken up everywhere: models repeat and users paste them.
 * - Consecutive assistant messages are merged: Go templates lose the second's calls. Empty ones are dropped.
 */
export function toRequestMessages(messages: readonly ModelMessage[]): ChatCompletionMessageParam[] {
  return mergeAssistants(messages).map(toRequestMessage)
}

/** @returns undefined without tools: some servers refuse an empty list */
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
