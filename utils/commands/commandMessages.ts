/** A command and its result as messages, which the page shows and the model reads like those of a turn. */
import { generateId, type DynamicToolUIPart } from 'ai'
import type { Asked } from '#shared/chat/asked'
import type { ResultPart, ToolOutput } from '#shared/result'
import type { AppUIMessage, MessageMetadata } from '#shared/chat/ui-message'
import type { DirectCall } from '../read/readCluster'

type Part = AppUIMessage['parts'][number]

/** How a command's read ended. */
export interface CommandRead {
  output: ToolOutput
  result?: ResultPart
}

export interface OpenRead {
  callId: string
  call: DirectCall
}

/** What a runbook shows above its results. */
type RunbookHead = NonNullable<MessageMetadata['runbook']>

/** What a command or runbook of the prompt does. */
export interface CommandPlan {
  /** One after another. */
  reads: readonly [OpenRead, ...OpenRead[]]
  runbook?: RunbookHead
  /** A question to the model after the reads. */
  ask?: string
}

/** The command as the person's message, and an answer with one open call. */
export function commandMessages({
  text,
  asked,
  plan: { reads, runbook },
}: {
  text: string
  asked?: Asked
  plan: CommandPlan
}): [AppUIMessage, AppUIMessage] {
  return [
    { id: generateId(), role: 'user', parts: [{ type: 'text', text }], metadata: { ...(asked && { asked }) } },
    {
      id: generateId(),
      role: 'assistant',
      parts: [openCall(reads[0])],
      metadata: { isCommand: true, ...(runbook && { runbook }), startedAt: Date.now() },
    },
  ]
}

function openCall({ call, callId }: OpenRead): DynamicToolUIPart {
  return {
    type: 'dynamic-tool',
    toolName: call.tool,
    toolCallId: callId,
    input: call.arguments,
    state: 'input-available',
  }
}

/**
 * Closes the call with its result.
 * @param next of a runbook: opened after it; without one the answer is complete
 */
export function withCommandRead(
  messages: readonly AppUIMessage[],
  callId: string,
  { output, result }: CommandRead,
  next?: OpenRead,
): AppUIMessage[] {
  const closed = (part: Part): Part[] => {
    if (part.type !== 'dynamic-tool' || part.toolCallId !== callId) return [part]
    const { toolName, input } = part
    return [
      { type: 'dynamic-tool', toolName, toolCallId: callId, input, state: 'output-available', output },
      ...(result ? [{ type: 'data-result' as const, id: callId, data: { toolCallId: callId, result } }] : []),
    ]
  }
  return messages.map((message) => {
    if (!message.parts.some((part) => part.type === 'dynamic-tool' && part.toolCallId === callId)) return message
    const parts = message.parts.flatMap(closed)
    if (next) return { ...message, parts: [...parts, openCall(next)] }
    return { ...message, parts, metadata: { ...message.metadata, finishReason: 'stop', finishedAt: Date.now() } }
  })
}
