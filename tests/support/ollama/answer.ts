/**
 * Scripts of answers, built step by step: `answer.reasoning('We').toolCall('pods_list', {})`. Each method returns a new
 * script. Without a word about its end, an answer ends as Ollama's do: finish_reason, usage, `[DONE]`.
 */
import type { Delta, ToolCallFrame, Usage } from '@k8s-ai-assistant/demo-model/ollama'
import { reasoningDelta, textDelta, toolCallDelta } from '@k8s-ai-assistant/demo-model/ollama'
import type { Gate } from './gate'

export type Step = { kind: 'delta'; delta: Delta } | { kind: 'hold'; gate: Gate } | { kind: 'raw'; text: string }

export interface Script {
  steps: Step[]
  /** Absent: `tool_calls` after a tool call, else `stop`. `none`: the stream ends without one. */
  finish?: string
  usage: Usage | undefined
  done: boolean
  /** The socket is destroyed at the end. */
  reset: boolean
  /** Frames as before v0.32.6: the role on every chunk, the finish_reason on the last one. */
  legacy: boolean
  /** Every byte is a write of its own. */
  everyByte: boolean
  /** A plain HTTP answer in place of a stream. */
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

  /** A whole call, as Ollama sends it. Arguments given as a string are sent as they are: they may be broken JSON. */
  toolCall(name: string, args: object | string = {}, { id, index }: CallOptions = {}): Answer {
    const text = typeof args === 'string' ? args : JSON.stringify(args)
    return this.delta(
      toolCallDelta(id ?? `call_${(++lastCall).toString(16).padStart(8, '0')}`, index ?? this.calls, name, text),
    )
  }

  /** A call whose arguments come in pieces, as other OpenAI-compatible servers send it. */
  fragmentedCall(
    name: string,
    fragments: string[],
    { id = `call_f${++lastCall}`, index = this.calls }: CallOptions = {},
  ): Answer {
    const head = this.toolCallDelta({ id, index, type: 'function', function: { name, arguments: '' } })
    return fragments.reduce((answer, text) => answer.toolCallDelta({ index, function: { arguments: text } }), head)
  }

  /** A single tool-call delta, exactly so. */
  toolCallDelta(call: ToolCallFrame): Answer {
    return this.delta({ tool_calls: [call] })
  }

  delta(delta: Delta): Answer {
    return this.step({ kind: 'delta', delta })
  }

  /** Bytes exactly so, in place of a frame. */
  raw(text: string): Answer {
    return this.step({ kind: 'raw', text })
  }

  /** Silence until the gate is released. As the first step it holds the response headers too, as a cold model does. */
  hold(gate: Gate): Answer {
    return this.step({ kind: 'hold', gate })
  }

  finish(reason: string): Answer {
    return this.with({ finish: reason })
  }

  /** Ollama's swallowed error: a chunk with an empty delta, then a clean end without finish_reason and `[DONE]`. */
  cutOff(): Answer {
    return this.delta({}).with({ finish: 'none', usage: undefined, done: false })
  }

  noDone(): Answer {
    return this.with({ done: false })
  }

  usage(usage: Usage | undefined): Answer {
    return this.with({ usage })
  }

  /** The connection is reset after what was scripted. */
  reset(): Answer {
    return this.with({ reset: true })
  }

  legacy(): Answer {
    return this.with({ legacy: true })
  }

  everyByte(): Answer {
    return this.with({ everyByte: true })
  }

  /** An HTTP answer that is no stream; an object is sent as JSON. */
  status(status: number, body: object | string = '', headers: Record<string, string> = {}): Answer {
    const json = typeof body !== 'string'
    const type = { 'content-type': json ? 'application/json' : 'text/plain; charset=utf-8' }
    return this.with({ plain: { status, body: json ? JSON.stringify(body) : body, headers: { ...type, ...headers } } })
  }

  /** A web page, as a proxy sends it. */
  html(status: number, body = `<html><head><title>${status}</title></head><body>nginx</body></html>`): Answer {
    return this.status(status, body, { 'content-type': 'text/html' })
  }

  /** An error before the first byte, as /v1 of Ollama words it. */
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

/** Where every script begins. */
export const answer = new Answer()
