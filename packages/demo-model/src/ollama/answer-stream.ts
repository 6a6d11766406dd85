/** Streams a reply as Ollama's frames, token by token. */
import type { ServerResponse } from 'node:http'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { DONE_FRAME, deltaFrame, newEnvelope, reasoningDelta, textDelta, toolCallDelta, usageFrame } from './frames'
import type { Delta } from './frames'
import type { Reply } from '../rules/reply'
import type { ChatRequest } from './request'

/** Approximate characters for each token: the demo has no tokenizer. */
const CHARS_PER_TOKEN = 4

/**
 * @param delayMs pause after each token
 * @param signal aborted when the client disconnects; nothing more is written
 */
export async function streamReply(
  response: ServerResponse,
  reply: Reply,
  request: ChatRequest,
  delayMs: number,
  signal: AbortSignal,
): Promise<void> {
  const envelope = newEnvelope(request.model)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  const deltas = deltasOf(reply)
  for (const [at, delta] of deltas.entries()) {
    response.write(deltaFrame(envelope, at === 0 ? { role: 'assistant', ...delta } : delta))
    if (delayMs > 0) await delay(delayMs, undefined, { signal })
  }
  response.write(deltaFrame(envelope, {}, reply.calls.length > 0 ? 'tool_calls' : 'stop'))
  const promptTokens = Math.ceil(JSON.stringify([request.messages, request.tools ?? []]).length / CHARS_PER_TOKEN)
  response.write(usageFrame(envelope, { promptTokens, completionTokens: deltas.length }))
  response.end(DONE_FRAME)
}

function deltasOf({ reasoning, text, calls }: Reply): Delta[] {
  return [
    ...tokens(reasoning).map(reasoningDelta),
    ...tokens(text).map(textDelta),
    ...calls.map((call, at) => {
      return toolCallDelta(`call_${randomUUID().slice(0, 8)}`, at, call.name, JSON.stringify(call.arguments))
    }),
  ]
}

/** Words with the space before them. */
function tokens(text: string): string[] {
  return text.match(/\s*\S+\s*$|\s*\S+/g) ?? []
}
