/** Writes a scripted answer to a response. */
import type { ServerResponse } from 'node:http'
import { setImmediate as tick } from 'node:timers/promises'
import { DONE_FRAME, deltaFrame, usageFrame } from '../../../demo/model/frames'
import type { Envelope } from '../../../demo/model/frames'
import type { Script } from './answer'

export async function play(script: Script, response: ServerResponse, model: string): Promise<void> {
  const { plain } = script
  if (plain) {
    response.writeHead(plain.status, plain.headers)
    response.end(plain.body)
    return
  }
  const envelope = { id: 'chatcmpl-271', created: 1_786_000_000, model }
  for (const piece of pieces(script, envelope)) {
    if (typeof piece === 'string') await write(response, piece, script.everyByte)
    else await Promise.race([piece.gate.pass(), closed(response)])
    if (response.destroyed) return
  }
  if (!response.headersSent) begin(response)
  // A reset only after what was written has gone out: destroy throws away what is still buffered.
  if (script.reset) response.write('', () => response.socket?.resetAndDestroy())
  else response.end()
}

function* pieces(script: Script, envelope: Envelope): Generator<string | { gate: { pass: () => Promise<void> } }> {
  const { legacy, steps } = script
  const finish = finishReason(script)
  const last = steps.findLastIndex((step) => step.kind === 'delta')
  for (const [at, step] of steps.entries()) {
    if (step.kind === 'hold') yield step
    else if (step.kind === 'raw') yield step.text
    else {
      const first = steps.findIndex(({ kind }) => kind === 'delta') === at
      const delta = legacy || first ? { role: 'assistant' as const, ...step.delta } : step.delta
      yield deltaFrame(envelope, delta, legacy && at === last ? finish : null)
    }
  }
  if (script.reset) return
  if (!legacy && finish !== null) yield deltaFrame(envelope, {}, finish)
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
