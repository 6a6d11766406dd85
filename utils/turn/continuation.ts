/**
 * A turn that continues in the message with its approvals. The message's metadata holds its id and the number of parts
 * when the answers were posted.
 */
import type { UIMessageChunk } from 'ai'
import type { AppUIMessage } from '#shared/chat/ui-message'

type Part = AppUIMessage['parts'][number]

/** Sets the id of the turn that is about to continue, and removes the previous finish reason. */
export function withContinuation(messages: readonly AppUIMessage[], turnId: string): AppUIMessage[] {
  const last = messages.at(-1)
  if (!last) return []
  const { model, window, notices } = last.metadata ?? {}
  const metadata = {
    turnId,
    continuesAt: last.parts.length,
    ...(model !== undefined && { model }),
    ...(window && { window }),
    ...(notices && { notices }),
  }
  return [...messages.slice(0, -1), { ...last, metadata }]
}

/**
 * Whether answers to a message's approvals were or should be posted and nothing came back. The turn may be requested
 * again with the same id: the server starts none twice.
 */
export function isNotStarted(message: AppUIMessage | undefined): boolean {
  const { continuesAt, requestId, finishReason } = message?.metadata ?? {}
  return continuesAt !== undefined && requestId === undefined && finishReason === undefined
}

/**
 * Inserts the message's former parts after a continuation's `start`: the AI SDK resumes into an empty message, in which
 * a result would not find its call.
 * @param message as stored; later parts arrive again
 */
export function rebuildAfterStart(message: AppUIMessage): TransformStream<UIMessageChunk, UIMessageChunk> {
  return new TransformStream({
    transform(chunk, controller) {
      if (chunk.type !== 'start') return controller.enqueue(chunk)
      const metadata: unknown = chunk.messageMetadata
      const said = typeof metadata === 'object' && metadata !== null ? metadata : {}
      const { model, window, notices, continuesAt } = message.metadata ?? {}
      const messageMetadata = { model, window, notices, continuesAt, ...said }
      controller.enqueue({ ...chunk, messageId: message.id, messageMetadata })
      for (const rebuilt of postedChunks(message)) controller.enqueue(rebuilt)
    },
  })
}

/** The chunks that recreate a message's parts as they were when it was posted. */
function postedChunks(message: AppUIMessage): UIMessageChunk[] {
  return message.parts.slice(0, message.metadata?.continuesAt ?? 0).flatMap(chunksOf)
}

function chunksOf(part: Part, index: number): UIMessageChunk[] {
  // Distinct from the server's ids, which restart in each turn.
  const id = `posted-${index}`
  switch (part.type) {
    case 'step-start':
      return [{ type: 'start-step' }]
    case 'text':
    case 'reasoning':
      return [
        { type: `${part.type}-start`, id },
        { type: `${part.type}-delta`, id, delta: part.text },
        { type: `${part.type}-end`, id },
      ]
    case 'dynamic-tool':
      return toolChunks(part)
    case 'data-result':
    case 'data-approval':
      return [part]
    default:
      return []
  }
}

function toolChunks(part: Extract<Part, { type: 'dynamic-tool' }>): UIMessageChunk[] {
  const { toolCallId, toolName, input = {}, title, approval } = part
  const named = { toolName, ...(title !== undefined && { title }) }
  const chunks: UIMessageChunk[] = [{ type: 'tool-input-available', dynamic: true, toolCallId, input, ...named }]
  if (approval) {
    const { id: approvalId, signature, approved, reason } = approval
    chunks.push({ type: 'tool-approval-request', approvalId, toolCallId, ...(signature && { signature }) })
    if (approved !== undefined)
      chunks.push({ type: 'tool-approval-response', approvalId, approved, ...(reason !== undefined && { reason }) })
  }
  if (part.state === 'output-available') {
    chunks.push({ type: 'tool-output-available', dynamic: true, toolCallId, output: part.output })
  } else if (part.state === 'output-error') {
    chunks.push({ type: 'tool-output-error', dynamic: true, toolCallId, errorText: part.errorText })
  } else if (part.state === 'output-denied') chunks.push({ type: 'tool-output-denied', toolCallId })
  return chunks
}
