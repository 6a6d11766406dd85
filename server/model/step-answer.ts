/** The output of a step so far, read from the frames of a stream or from a whole answer. */
import { msg } from '#shared/messages/create'
import { brokenCall } from './frames/broken-call'
import { chunkSchema, completionSchema, streamErrorSchema } from './frames/chunk'
import type { Chunk } from './frames/chunk'
import { endedWith } from './errors'
import { isJsonObject } from './frames/json'
import { ToolCallAssembler } from './frames/tool-calls'
import { ModelError } from './types'
import type { StepEnd, StepListener, StepRequest, StepUsage } from './types'

export class StepAnswer {
  started = false
  private reason: string | undefined
  private usage: StepUsage | undefined
  private readonly calls: ToolCallAssembler
  private readonly tools: ReadonlySet<string>
  /** The offered tool of a call that arrives in pieces. */
  writing: string | undefined
  /** The last piece of text; empty after reasoning. */
  private lastText = ''

  constructor(
    request: StepRequest,
    private readonly listener: StepListener,
  ) {
    const earlier = request.messages.flatMap((message) =>
      message.role === 'assistant' ? (message.toolCalls ?? []) : [],
    )
    this.tools = new Set(request.tools.map(({ name }) => name))
    this.calls = new ToolCallAssembler(earlier.map((call) => call.id))
  }

  /** After reasoning or a whole sentence, silence may mean that the model writes a call. */
  get mayBeCalling(): boolean {
    return this.tools.size > 0 && !this.finished && (this.lastText === '' || /[.!?:…]["')\]]*\s*$/.test(this.lastText))
  }

  get finished(): boolean {
    return this.reason !== undefined
  }

  /** @throws SyntaxError, ZodError, ModelError */
  readEvent(data: string): 'stop' | undefined {
    if (data === '[DONE]') return 'stop'
    const frame: unknown = JSON.parse(data)
    if (typeof frame === 'object' && frame !== null && 'error' in frame) {
      const { error } = streamErrorSchema.parse(frame)
      throw brokenCall(error) ?? new ModelError('model-cut', endedWith(error))
    }
    this.read(chunkSchema.parse(frame))
  }

  readWhole(body: unknown): void {
    this.read(completionSchema.parse(body))
  }

  private read(chunk: Chunk): void {
    this.started = true
    if (chunk.usage) {
      this.usage = { promptTokens: chunk.usage.prompt_tokens, completionTokens: chunk.usage.completion_tokens }
    }
    const choice = chunk.choices[0]
    const reasoning = choice?.delta?.reasoning ?? choice?.delta?.reasoning_content
    if (reasoning) {
      this.lastText = ''
      this.listener.delta('reasoning', reasoning)
    }
    if (choice?.delta?.content) {
      this.lastText = choice.delta.content
      this.listener.delta('text', choice.delta.content)
    }
    for (const delta of choice?.delta?.tool_calls ?? []) {
      this.calls.add(delta)
      const { name, arguments: text } = delta.function ?? {}
      if (name && this.tools.has(name) && !isJsonObject(text ?? '')) this.writing = name
    }
    if (choice?.finish_reason) this.reason = choice.finish_reason
  }

  /**
   * Returns calls only now: those of an incomplete answer must not run.
   * @throws ModelError `model-cut` without a finish_reason: Ollama's /v1 omits every error after the first token
   */
  end(): StepEnd {
    if (this.reason === undefined) throw new ModelError('model-cut', msg('model-cut'))
    const cut = this.reason === 'length'
    const calls = this.calls.finish(cut)
    // Some servers report `stop` after tool calls, some `tool_calls` without one.
    const reason = cut ? 'length' : calls.length > 0 ? 'tool-calls' : 'stop'
    return { reason, calls, ...(this.usage && { usage: this.usage }) }
  }
}
