/** A command and its result as messages, which the page shows and the model reads like those of a turn. */
import { generateId } from 'ai'
import type { Asked } from '#shared/asked'
import type { ResultPart, ToolOutput } from '#shared/result'
import type { AppUIMessage } from '#shared/ui-message'
import type { ReadCall } from '../read/readCluster'

/** How a command's read ended. */
export interface CommandRead {
  output: ToolOutput
  result?: ResultPart
}

/** The command as the person's message, and an answer with one open call. */
export function commandMessages({
  text,
  call,
  callId,
  asked,
}: {
  text: string
  call: ReadCall
  callId: string
  asked?: Asked
}): [AppUIMessage, AppUIMessage] {
  return [
    { id: generateId(), role: 'user', parts: [{ type: 'text', text }], metadata: { ...(asked && { asked }) } },
    {
      id: generateId(),
      role: 'assistant',
      parts: [
        {
          type: 'dynamic-tool',
          toolName: call.tool,
          toolCallId: callId,
          input: call.arguments,
          state: 'input-available',
        },
      ],
      metadata: { isCommand: true, startedAt: Date.now() },
    },
  ]
}

/** Closes the call with its result. */
export function withCommandRead(
  messages: readonly AppUIMessage[],
  callId: string,
  { output, result }: CommandRead,
): AppUIMessage[] {
  return messages.map((message) => {
    const call = message.parts.find((part) => part.type === 'dynamic-tool' && part.toolCallId === callId)
    if (call?.type !== 'dynamic-tool') return message
    const { toolName, input } = call
    return {
      ...message,
      parts: [
        { type: 'dynamic-tool', toolName, toolCallId: callId, input, state: 'output-available', output },
        ...(result ? [{ type: 'data-result' as const, id: callId, data: { toolCallId: callId, result } }] : []),
      ],
      metadata: { ...message.metadata, finishReason: 'stop', finishedAt: Date.now() },
    }
  })
}
