/** Writes Ollama's frames for a script to a response. */
import type { ServerResponse } from 'node:http'
import {
  DONE_FRAME,
  deltaFrame,
  newEnvelope,
  textDelta,
  toolCallDelta,
  usageFrame,
} from '@k8s-ai-assistant/demo-model/ollama'
import type { Script } from '../script'
import { stamp } from '../stamp'
import { markdownTokens } from './markdown'
import { createTicker } from './ticker'
import type { Ticker } from './ticker'

const envelope = newEnvelope('gpt-oss:20b')
const USAGE = { promptTokens: 2500, completionTokens: 20 }
const tickers = new Map<number, Ticker>()

const textFrame = (text: string) => deltaFrame(envelope, textDelta(text))

/** Placeholder for the stamp in a frame template. */
const PLACE = '%stamp%'
const [BEFORE = '', AFTER = ''] = textFrame(PLACE).split(PLACE)

/** Keeps the rest of a short answer out of the first token's packet, in milliseconds. */
const REST_MS = 2

export function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
}

export function answerText(response: ServerResponse, text: string): void {
  finish(response, textFrame(text), 'stop')
}

export function callTool(response: ServerResponse, name: string, args: Record<string, unknown>): void {
  finish(response, deltaFrame(envelope, toolCallDelta('call_1', 0, name, JSON.stringify(args))), 'tool_calls')
}

export function playScript(response: ServerResponse, script: Exclude<Script, { kind: 'tool' }>): void {
  if (script.kind === 'first-token') {
    response.write(textFrame(stamp()))
    setTimeout(() => finish(response, Array.from({ length: 20 }, () => textFrame('word ')).join(''), 'stop'), REST_MS)
  } else if (script.kind === 'stamped') {
    steadily(response, script.perSecond, script.perSecond * script.seconds, () => BEFORE + stamp() + AFTER)
  } else {
    const frames = markdownTokens(script.tokens).map(textFrame)
    steadily(response, script.perSecond, frames.length, (at) => frames[at] ?? '')
  }
}

/** Writes HTTP chunks directly to the socket: with a thousand streams the model must stay cheap. */
function steadily(response: ServerResponse, perSecond: number, count: number, frame: (at: number) => string): void {
  const ticker = tickers.get(perSecond) ?? createTicker(perSecond)
  tickers.set(perSecond, ticker)
  let at = 0
  const stop = ticker.add(() => {
    if (at === count) {
      stop()
      finish(response, '', 'stop')
      return
    }
    const text = frame(at++)
    response.socket?.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`)
  })
  response.once('close', stop)
}

function finish(response: ServerResponse, frames: string, reason: string): void {
  response.end(frames + deltaFrame(envelope, {}, reason) + usageFrame(envelope, USAGE) + DONE_FRAME)
}
