/** The turns of a request: their questions, and their calls with the results. */
import { withoutAskedNote } from '#shared/chat/asked'
import { isReminder, WHY_MISSING } from '#shared/chat/reminders'
import { z } from 'zod'
import type { ChatRequest, RequestMessage } from '../ollama/request'
import { MORE_TOOLS } from '../tools/more-tools'

export interface DoneCall {
  name: string
  arguments: Record<string, unknown>
  result: string
}

export interface Turn {
  question: string
  done: DoneCall[]
}

const argumentsSchema = z.record(z.string(), z.unknown())

/** The turn to answer. */
export function readTurn(request: ChatRequest): Turn {
  const at = questionAt(request)
  return turnFrom(request.messages, at, request.messages.length)
}

/** The turns before it, the oldest first. */
export function earlierTurns(request: ChatRequest): Turn[] {
  const end = questionAt(request)
  const starts = request.messages.flatMap((message, at) => (isQuestion(message) && at < end ? [at] : []))
  return starts.map((at, index) => turnFrom(request.messages, at, starts[index + 1] ?? end))
}

/** Why the MCP server has no tool for some changes, as the system prompt says; empty if it does not. */
export function readWhyMissing({ messages }: ChatRequest): string {
  const lines = messages.flatMap(({ role, content }) => (role === 'system' ? (content ?? '').split('\n') : []))
  return lines
    .flatMap((line) => line.split(WHY_MISSING)[1] ?? [])
    .join(' ')
    .trim()
}

function isQuestion({ role, content }: RequestMessage): boolean {
  return role === 'user' && !isReminder(content ?? '')
}

/**
 * The question is the last user message, leaving out reminders. If tools are no longer offered, a user message after
 * tool results is the client's order to answer now, and the question is the one before.
 */
function questionAt({ messages, tools }: ChatRequest): number {
  const at = messages.findLastIndex(isQuestion)
  if (tools?.length || messages[at - 1]?.role !== 'tool') return at
  return messages.slice(0, at).findLastIndex(isQuestion)
}

function turnFrom(messages: RequestMessage[], at: number, end: number): Turn {
  const since = messages.slice(at + 1, end)
  return {
    question: withoutAskedNote(messages[at]?.content ?? ''),
    done: since.flatMap((message) => doneCalls(message, since)),
  }
}

function doneCalls(message: RequestMessage, since: RequestMessage[]): DoneCall[] {
  const calls = (message.tool_calls ?? []).filter((call) => call.function.name !== MORE_TOOLS)
  return calls.map((call) => {
    const result = since.find(({ role, tool_call_id: id }) => role === 'tool' && id === call.id)
    return {
      name: call.function.name,
      arguments: parse(call.function.arguments),
      result: withoutFence(result?.content ?? ''),
    }
  })
}

/** Removes the assistant's lines that mark a result as data. */
function withoutFence(text: string): string {
  return /^<data [^\n]*>\n([\s\S]*)\n<\/data [^\n]*>$/.exec(text)?.[1] ?? text
}

function parse(text: string): Record<string, unknown> {
  try {
    return argumentsSchema.safeParse(JSON.parse(text)).data ?? {}
  } catch {
    return {}
  }
}
