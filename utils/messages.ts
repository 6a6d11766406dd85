/** Pure work on a conversation's messages: what is posted, what is closed after a stop, what is read out of them. */
import { isToolUIPart } from 'ai'
import type { ResultPart, ToolOutput } from '#shared/result'
import type { AppUIMessage } from '#shared/ui-message'

type Part = AppUIMessage['parts'][number]

/**
 * The messages as they are posted: without the results drawn for people, which may be megabytes, without the reasoning
 * of older answers, which models do not want back, and without answers of which nothing is then left.
 */
export function messagesToPost(messages: readonly AppUIMessage[]): AppUIMessage[] {
  return messages
    .map((message, index) => {
      const isLast = index === messages.length - 1
      const parts = message.parts.filter(
        (part) => !part.type.startsWith('data-') && (isLast || part.type !== 'reasoning'),
      )
      return { ...message, parts }
    })
    .filter((message) => message.parts.some((part) => part.type !== 'step-start'))
}

function closePart(part: Part): Part {
  if (part.type === 'text' || part.type === 'reasoning') {
    return part.state === 'streaming' ? { ...part, state: 'done' } : part
  }
  if (part.type === 'dynamic-tool' && (part.state === 'input-available' || part.state === 'input-streaming')) {
    const output: ToolOutput = { status: 'cancelled', text: 'Cancelled by the user.', durationMs: 0 }
    const { type, toolName, toolCallId, title } = part
    return { type, toolName, toolCallId, title, state: 'output-available', input: part.input ?? {}, output }
  }
  return part
}

/**
 * Closes what a stop, a lost connection or a reload left open in the last answer, so that the conversation can go on:
 * every tool call has its result, no part is still being written, and the answer says that it was stopped.
 * The messages are returned as they are where nothing was open.
 */
export function closeOpenAnswer(messages: AppUIMessage[]): AppUIMessage[] {
  const last = messages.at(-1)
  if (last?.role !== 'assistant' || last.metadata?.finishReason !== undefined) return messages
  const closed: AppUIMessage = {
    ...last,
    parts: last.parts.map(closePart),
    metadata: { ...last.metadata, finishReason: last.metadata?.error ? 'error' : 'aborted' },
  }
  return [...messages.slice(0, -1), closed]
}

/** The text a person wrote or the model answered, as Markdown, without reasoning and tool calls. */
export function messageText(message: AppUIMessage): string {
  return message.parts
    .flatMap((part) => (part.type === 'text' ? [part.text.trim()] : []))
    .filter(Boolean)
    .join('\n\n')
}

/** The structured result of each tool call of a message, by the call's id. */
export function resultsByCall(message: AppUIMessage): Map<string, ResultPart> {
  return new Map(
    message.parts.flatMap((part) =>
      part.type === 'data-result' ? [[part.data.toolCallId, part.data.result] as const] : [],
    ),
  )
}

/** Whether a message has anything to show; one that has not must never be drawn as an empty bubble. */
export function hasContent(message: AppUIMessage): boolean {
  return message.parts.some(
    (part) => ((part.type === 'text' || part.type === 'reasoning') && part.text.trim() !== '') || isToolUIPart(part),
  )
}

/** A conversation's title from its first question: one line, cut at a word where it is long. */
export function titleOf(question: string, longest = 60): string {
  const line = question.replace(/\s+/g, ' ').trim()
  if (line.length <= longest) return line
  const cut = line.slice(0, longest)
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > longest / 2 ? space : longest)}…`
}
