/** Pure functions on messages: prepare them for posting, close interrupted ones, and read their parts. */
import { isToolUIPart } from 'ai'
import type { ResultPart, ToolOutput } from '#shared/result'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { newestThatFit } from './newestThatFit'

type Part = AppUIMessage['parts'][number]

/**
 * The messages to post: without rendered parts (up to megabytes), old reasoning, used signatures and empty answers, and
 * without the oldest turns if the whole would be too large.
 */
export function messagesToPost(messages: readonly AppUIMessage[]): AppUIMessage[] {
  const posted = messages
    .map((message, index) => {
      const isLast = index === messages.length - 1
      const parts = message.parts.filter(
        (part) => !part.type.startsWith('data-') && (isLast || part.type !== 'reasoning'),
      )
      return { ...message, parts: parts.map(withoutServedApproval) }
    })
    .filter((message) => message.parts.some((part) => part.type !== 'step-start'))
  return newestThatFit(posted)
}

/** A signature repeats the arguments, so it is posted only with the answer to its approval. */
function withoutServedApproval(part: Part): Part {
  if (part.type !== 'dynamic-tool' || part.state !== 'output-available') return part
  const { approval: _, ...served } = part
  return served
}

/** Why an answer is incomplete: stopped by the user, or the connection was lost. */
type Interruption = 'aborted' | 'lost'

function closePart(part: Part, interruption: Interruption): Part {
  if (part.type === 'text' || part.type === 'reasoning') {
    return part.state === 'streaming' ? { ...part, state: 'done' } : part
  }
  if (part.type !== 'dynamic-tool') return part
  const { type, toolName, toolCallId, title, input = {} } = part
  const closed = { type, toolName, toolCallId, title, input, state: 'output-available' } as const
  switch (part.state) {
    case 'input-streaming':
    case 'input-available':
    case 'approval-requested':
      return { ...closed, output: outputOf('cancelled', CANCELLED[interruption]) }
    case 'approval-responded': {
      const { approved, reason } = part.approval
      if (approved)
        return { ...closed, approval: { ...part.approval, approved }, output: outputOf('unknown', OUTCOME_UNKNOWN) }
      return { ...closed, output: outputOf('declined', reason ? `Declined by the user: ${reason}` : DECLINED) }
    }
    default:
      return part
  }
}

// In English, like everything that the model reads.
const CANCELLED = {
  aborted: 'Cancelled by the user.',
  lost: 'The connection to the assistant was lost before the result arrived.',
}
const DECLINED = 'Declined by the user.'
const OUTCOME_UNKNOWN =
  'The user approved this call, and its result did not arrive. It may have run, and must not be repeated before a look at the cluster.'

function outputOf(status: ToolOutput['status'], text: string): ToolOutput {
  return { status, text, durationMs: 0 }
}

/**
 * Closes an interrupted last answer so that the conversation can continue: every tool call gets a result, no part stays
 * open, and the answer says why it ended. Awaiting approval is not an interruption. Returns the same messages if
 * nothing was open.
 */
export function closeOpenAnswer(messages: AppUIMessage[], interruption: Interruption = 'aborted'): AppUIMessage[] {
  const last = messages.at(-1)
  if (last?.role !== 'assistant' || last.metadata?.finishReason === 'approval-required') return messages
  const parts = last.parts.map((part) => closePart(part, interruption))
  const { finishReason, error } = last.metadata ?? {}
  if (finishReason !== undefined && parts.every((part, index) => part === last.parts[index])) return messages
  const closed: AppUIMessage = {
    ...last,
    parts,
    metadata: { ...last.metadata, finishReason: finishReason ?? (error ? 'error' : interruption) },
  }
  return [...messages.slice(0, -1), closed]
}

/** The Markdown text of a message, without reasoning and tool calls. */
export function messageText(message: AppUIMessage): string {
  return message.parts
    .flatMap((part) => (part.type === 'text' ? [part.text.trim()] : []))
    .filter(Boolean)
    .join('\n\n')
}

/** Structured results of a message by call id. */
export function resultsByCall(message: AppUIMessage): Map<string, ResultPart> {
  return new Map(
    message.parts.flatMap((part) =>
      part.type === 'data-result' ? [[part.data.toolCallId, part.data.result] as const] : [],
    ),
  )
}

/** Whether a message has visible content; others must not be shown as an empty bubble. */
export function hasContent(message: AppUIMessage): boolean {
  return message.parts.some(
    (part) => ((part.type === 'text' || part.type === 'reasoning') && part.text.trim() !== '') || isToolUIPart(part),
  )
}

/** A title from the first question: one line, cut at a word. */
export function titleOf(question: string, longest = 60): string {
  const line = question.replace(/\s+/g, ' ').trim()
  if (line.length <= longest) return line
  const cut = line.slice(0, longest)
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > longest / 2 ? space : longest)}…`
}
