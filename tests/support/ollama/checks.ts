/** Requests that Ollama refuses, with its messages. */
import type { ChatRequest } from '@k8s-ai-assistant/demo-model/ollama'
import { answer } from './answer'
import type { Answer } from './answer'

/** @returns the refusal; undefined if the request is valid */
export function refusal(request: ChatRequest): Answer | undefined {
  for (const { content, tool_calls: calls = [] } of request.messages) {
    if (content === null && calls.length === 0) return invalid('invalid message content type: <nil>')
    if (calls.some((call) => !isObject(call.function.arguments))) return invalid('invalid tool call arguments')
  }
  return undefined
}

function invalid(message: string): Answer {
  return answer.error(400, message, 'invalid_request_error')
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
