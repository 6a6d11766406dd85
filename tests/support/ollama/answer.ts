/**
 * Builds scripted answers step by step: `answer.reasoning('We').toolCall('pods_list', {})`. Each method returns a new
 * script. By default an answer ends like Ollama's: finish_reason, usage, `[DONE]`.
 */
import type { Delta, ToolCallFrame, Usage } from '@k8s-ai-assistant/demo-model/ollama'
import { reasoningDelta, textDelta, toolCallDelta } from '@k8s-ai-assistant/demo-model/ollama'
import type { Gate } from './gate'

export type Step = { kind: 'delta'; delta: Delta } | { kind: 'hold'; gate: Gate } | { kind: 'raw'; text: string }

export interface Script {
  steps: Step[]
  /** Absent: `tool_calls` after a tool call, otherwise `stop`. `none`: the stream ends without one. */
  finish?: string
  usage: Usage | undefined
  done: boolean
  /** The socket is destroyed at the end. */
  reset: boolean
  /** Frames as before v0.32.6: the role on every chunk, the finish_reason in the call's or after the text. */
  legacy: boolean
  /** Writes each byte separately. */
  everyByte: boolean
  /** A plain HTTP response instead of a stream. */
  plain?: { status: number; body: string; headers: Record<string, string> }
}

export interface CallOptions {
  id?: string
  index?: number
}

const EMPTY: Script = {
  steps: [],
  usage: { promptTokens: 10, completionTokens: 5 },
  done: true,
  reset: false,
  legacy: false,
  everyByte: false,
}

let lastCall = 0

export class Answer {
  constructor(readonly script: Script = EMPTY) {}

  reasoning(text: string): Answer {
    return this.delta(reasoningDelta(text))
  }

  text(...texts: string[]): Answer {
    return texts.reduce((answer: Answer, text) => answer.delta(textDelta(text)), this)
  }

  /** A complete call, as sent by Ollama. String arguments are sent unchanged and may be invalid JSON. */
  toolCall(name: string, args: object | string = {}, { id, index }: CallOptions = {}): Answer {
    const text = typeof args === 'string' ? args : JSON.stringify(args)
    return this.delta(
      toolCallDelta(id ?? `call_${(++lastCall).toString(16).padStart(8, '0')}`, index ?? this.calls, name, text),
    )
  }

  /** A call whose arguments arrive in fragments, as from other OpenAI-compatible servers. */
  fragmentedCall(
    name: string,
    fragments: string[],
    { id = `call_f${++lastCall}`, index = this.calls }: CallOptions = {},
  ): Answer {
    const head = this.toolCallDelta({ id, index, type: 'function', function: { name, arguments: '' } })
    return fragments.reduce((answer, text) => answer.toolCallDelta({ index, function: { arguments: text } }), head)
  }

  /** A single tool-call delta, sent unchanged. */
  toolCallDelta(call: ToolCallFrame): Answer {
    return this.delta({ tool_calls: [call] })
  }

  delta(delta: Delta): Answer {
    return this.step({ kind: 'delta', delta })
  }

  /** Raw bytes instead of a frame. */
  raw(text: string): Answer {
    return this.step({ kind: 'raw', text })
  }

  /** Waits until the gate is released. As the first step it also holds the response headers, as a cold model does. */
  hold(gate: Gate): Answer {
    return this.step({ kind: 'hold', gate })
  }

  finish(reason: string): Answer {
    return this.with({ finish: reason })
  }

  /** Ollama's swallowed error: a chunk with an empty delta, then a clean end without finish_reason and `[DONE]`. */
  cutOff(): Answer {
    return this.delta({ content: '' }).with({ finish: 'none', usage: undefined, done: false })
  }

  noDone(): Answer {
    return this.with({ done: false })
  }

  usage(usage: Usage | undefined): Answer {
    return this.with({ usage })
  }

  /** Resets the connection after the script. */
  reset(): Answer {
    return this.with({ reset: true })
  }

  legacy(): Answer {
    return this.with({ legacy: true })
  }

  everyByte(): Answer {
    return this.with({ everyByte: true })
  }

  /** A non-streaming HTTP response; an object is sent as JSON. */
  status(status: number, body: object | string = '', headers: Record<string, string> = {}): Answer {
    const json = typeof body !== 'string'
    const type = { 'content-type': json ? 'application/json' : 'text/plain; charset=utf-8' }
    return this.with({ plain: { status, body: json ? JSON.stringify(body) : body, headers: { ...type, ...headers } } })
  }

  /** A web page, as sent by a proxy. */
  html(status: number, body = `<html><head><title>${status}</title></head><body>nginx</body></html>`): Answer {
    return this.status(status, body, { 'content-type': 'text/html' })
  }

  /** An error before the first byte in the format of Ollama's /v1. */
  error(status: number, message: string, type = 'api_error'): Answer {
    return this.status(status, { error: { message, type, param: null, code: null } })
  }

  private get calls(): number {
    return this.script.steps.filter((step) => step.kind === 'delta' && step.delta.tool_calls?.some((call) => call.id))
      .length
  }

  private step(step: Step): Answer {
    return this.with({ steps: [...this.script.steps, step] })
  }

  private with(change: Partial<Script>): Answer {
    return new Answer({ ...this.script, ...change })
  }
}

/** The empty script. */
export const answer = new Answer()
