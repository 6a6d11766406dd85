/** Converts turn events to chunks of the AI SDK's UI message stream. */
import type { AssistantError } from '#shared/errors'
import { localized } from '#shared/messages/message'
import type { Message } from '#shared/messages/message'
import type { ToolOutput } from '#shared/result'
import type { AppUIMessageChunk, MessageMetadata } from '#shared/chat/ui-message'
import type { TurnEvent } from '../agent/events'
import type { TurnInfo } from '../turns/turn'

/**
 * One for each reader of a turn: call `start()`, then `next()` for every event, in order. Readers of one turn get the
 * same ids.
 */
export class UiChunkWriter {
  private open: { kind: 'text' | 'reasoning'; id: string } | undefined
  private parts = 0
  private readonly notices: Message[] = []

  constructor(private readonly info: TurnInfo) {}

  start(): AppUIMessageChunk[] {
    const { messageId, ...messageMetadata } = this.info
    return [{ type: 'start', messageId, messageMetadata }]
  }

  next(event: TurnEvent): AppUIMessageChunk[] {
    switch (event.type) {
      case 'step-start':
        return [...this.close(), { type: 'start-step' }]
      case 'reasoning-delta':
        return this.delta('reasoning', event.text)
      case 'text-delta':
        return this.delta('text', event.text)
      case 'step-reset':
        this.open = undefined
        return [{ type: 'reset-step' }]
      case 'tool-call': {
        const { id: toolCallId, name: toolName, arguments: input } = event.call
        return [...this.close(), { type: 'tool-input-available', dynamic: true, toolCallId, toolName, input }]
      }
      case 'tool-result': {
        const { status, forModel, forPerson, durationMs } = event.outcome
        const output: ToolOutput = { status, text: forModel, durationMs }
        return [
          { type: 'data-result', id: event.id, data: { toolCallId: event.id, result: forPerson } },
          { type: 'tool-output-available', dynamic: true, toolCallId: event.id, output },
        ]
      }
      case 'approval-request': {
        const { approval, signature } = event
        const { id: approvalId, toolCallId } = approval
        return [
          { type: 'data-approval', id: toolCallId, data: approval },
          { type: 'tool-approval-request', approvalId, toolCallId, signature },
        ]
      }
      case 'step-end':
        return [...this.close(), { type: 'finish-step' }]
      case 'window':
        return [metadata({ window: event.usage })]
      case 'progress': {
        const { type: _, ...data } = event
        return [{ type: 'data-progress', data, transient: true }]
      }
      case 'notice':
        this.notices.push(event.message)
        return [metadata({ notices: [...this.notices] })]
      case 'error': {
        const { code, detail } = event
        const { text: message } = detail
        const error: AssistantError = { code, message, localized: localized(detail), requestId: this.info.requestId }
        // Clients stop reading at the error, so its metadata goes first.
        return [...this.close(), metadata({ error, finishReason: 'error' }), { type: 'error', errorText: message }]
      }
      case 'finish': {
        const messageMetadata: MessageMetadata = { finishedAt: Date.now(), finishReason: event.reason }
        const finishReason = FINISH_REASONS[event.reason]
        return [...this.close(), { type: 'finish', finishReason, messageMetadata }]
      }
    }
  }

  private delta(kind: 'text' | 'reasoning', text: string): AppUIMessageChunk[] {
    const chunks: AppUIMessageChunk[] = []
    if (this.open?.kind !== kind) {
      chunks.push(...this.close())
      this.open = { kind, id: `${kind}-${this.parts++}` }
      chunks.push({ type: `${kind}-start`, id: this.open.id })
    }
    chunks.push({ type: `${kind}-delta`, id: this.open.id, delta: text })
    return chunks
  }

  private close(): AppUIMessageChunk[] {
    if (!this.open) return []
    const { kind, id } = this.open
    this.open = undefined
    return [{ type: `${kind}-end`, id }]
  }
}

function metadata(messageMetadata: MessageMetadata): AppUIMessageChunk {
  return { type: 'message-metadata', messageMetadata }
}

/** Maps our reasons to the AI SDK's. */
const FINISH_REASONS = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool-calls',
  'approval-required': 'tool-calls',
  error: 'error',
  aborted: 'other',
} as const
