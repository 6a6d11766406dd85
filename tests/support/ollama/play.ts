/** Writes a scripted answer to a response. */
import type { ServerResponse } from 'node:http'
import { setImmediate as tick } from 'node:timers/promises'
import { DONE_FRAME, deltaFrame, usageFrame } from '@k8s-ai-assistant/demo-model/ollama'
import type { Delta, Envelope } from '@k8s-ai-assistant/demo-model/ollama'
import type { Script } from './answer'

/** @param whole the client did not request a stream */
export async function play(script: Script, response: ServerResponse, model: string, whole = false): Promise<void> {
  const { plain } = script
  if (plain) {
    response.writeHead(plain.status, plain.headers)
    response.end(plain.body)
    return
  }
  if (whole && !script.reset) return playWhole(script, response, model)
  const envelope = { id: 'chatcmpl-271', created: 1_786_000_000, model }
  for (const piece of pieces(script, envelope)) {
    if (typeof piece === 'string') await write(response, piece, script.everyByte)
    else await Promise.race([piece.gate.pass(), closed(response)])
    if (response.destroyed) return
  }
  if (!response.headersSent) begin(response)
  // Resets only after the written data was sent: destroy discards the buffer.
  if (script.reset) response.write('', () => response.socket?.resetAndDestroy())
  else response.end()
}

/**
 * Without a stream Ollama returns one object, or the error that a stream would have swallowed. Raw error frames only
 * concern streams.
 */
async function playWhole(script: Script, response: ServerResponse, model: string): Promise<void> {
  const message: Delta = { role: 'assistant', content: '' }
  for (const step of script.steps) {
    if (step.kind === 'hold') await Promise.race([step.gate.pass(), closed(response)])
    if (step.kind !== 'delta') continue
    message.content += step.delta.content ?? ''
    if (step.delta.reasoning) message.reasoning = (message.reasoning ?? '') + step.delta.reasoning
    if (step.delta.tool_calls) message.tool_calls = [...(message.tool_calls ?? []), ...step.delta.tool_calls]
  }
  const finish = finishReason(script)
  const usage = script.usage && {
    prompt_tokens: script.usage.promptTokens,
    completion_tokens: script.usage.completionTokens,
  }
  const swallowed = { error: { message: SWALLOWED, type: 'api_error', param: null, code: null } }
  const body = { object: 'chat.completion', model, choices: [{ index: 0, message, finish_reason: finish }], usage }
  response.writeHead(finish === null ? 500 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(finish === null ? swallowed : body))
}

/** The error that a cut-off script stands for. */
const SWALLOWED = 'error parsing tool call: raw='

function* pieces(script: Script, envelope: Envelope): Generator<string | { gate: { pass: () => Promise<void> } }> {
  const { legacy, steps } = script
  const finish = finishReason(script)
  const last = steps.findLastIndex((step) => step.kind === 'delta')
  const lastStep = steps[last]
  const inCall = legacy && lastStep?.kind === 'delta' && lastStep.delta.tool_calls !== undefined
  for (const [at, step] of steps.entries()) {
    if (step.kind === 'hold') yield step
    else if (step.kind === 'raw') yield step.text
    else {
      const first = steps.findIndex(({ kind }) => kind === 'delta') === at
      const delta = legacy || first ? { role: 'assistant' as const, ...step.delta } : step.delta
      const isCutOff = finish === null && at === last
      yield deltaFrame(isCutOff ? { ...envelope, model: '' } : envelope, delta, inCall && at === last ? finish : null)
    }
  }
  if (script.reset) return
  if (finish !== null && !inCall) yield deltaFrame(envelope, legacy ? { role: 'assistant', content: '' } : {}, finish)
  if (script.usage) yield usageFrame(envelope, script.usage)
  if (script.done) yield DONE_FRAME
}

function finishReason({ finish, steps }: Script): string | null {
  if (finish !== undefined) return finish === 'none' ? null : finish
  return steps.some((step) => step.kind === 'delta' && step.delta.tool_calls) ? 'tool_calls' : 'stop'
}

async function write(response: ServerResponse, text: string, everyByte: boolean): Promise<void> {
  if (!response.headersSent) begin(response)
  if (!everyByte) {
    response.write(text)
    return
  }
  for (const byte of Buffer.from(text)) {
    response.write(Buffer.of(byte))
    await tick()
  }
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
}

function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => response.once('close', () => resolve()))
}
