/** The model step over the `openai` package: one streaming request, its chunks turned into the loop's events. */
import OpenAI from 'openai'
import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions'
import { chunkSchema } from './chunk'
import type { Chunk } from './chunk'
import { modelEndpoint } from './endpoint'
import { toModelError } from './errors'
import { toRequestMessages, toRequestTools } from './messages'
import { isHtml } from './status-errors'
import { ToolCallAssembler } from './tool-calls'
import { modelFetch } from './transport'
import { ModelError } from './types'
import type { ChatModel, StepEvent, StepRequest, StepUsage } from './types'
import { Watchdog } from './watchdog'

export interface OllamaModelOptions {
  /** The server's URL, with or without `/v1`. */
  baseUrl: string
  model: string
  apiKey?: string
  /** Longest silence between two chunks, in milliseconds. */
  stallMs?: number
  /** Longest wait for the first chunk, in milliseconds: a cold model is loaded in it. */
  firstTokenMs?: number
  /** Absent: the server's own. Any level is a 400 on a model that does not think. */
  reasoningEffort?: 'low' | 'medium' | 'high'
}

/** goose's 30 s broke users with slow models (goose#7723, #8476). */
const STALL_MS = 120_000
const FIRST_TOKEN_MS = 600_000

/** The SDK's own timeout counts only until the headers; ours decides, so it never gets a say. */
const NO_TIMEOUT = 2 ** 31 - 1

/**
 * A model behind Ollama's `/v1/chat/completions`, or another server that speaks it.
 * @throws TypeError when `baseUrl` is no http(s) URL
 */
export function createOllamaModel(options: OllamaModelOptions): ChatModel {
  const { model, stallMs = STALL_MS, firstTokenMs = FIRST_TOKEN_MS } = options
  const endpoint = modelEndpoint(options.baseUrl, options.apiKey)
  const client = new OpenAI({
    baseURL: endpoint.v1,
    // The SDK insists on a key; Ollama reads none.
    apiKey: options.apiKey || 'none',
    // Null: not from the environment.
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: NO_TIMEOUT,
    logLevel: 'off',
    fetch: modelFetch,
    defaultHeaders: { authorization: null, ...endpoint.headers },
  })

  async function* step(request: StepRequest, signal: AbortSignal): AsyncGenerator<StepEvent, void, void> {
    signal.throwIfAborted()
    const watchdog = new Watchdog(signal, { stallMs, firstTokenMs })
    const answer = new Answer(request)
    try {
      watchdog.waiting()
      const body = requestBody(request, options)
      const { data, response } = await client.chat.completions.create(body, { signal: watchdog.signal }).withResponse()
      requireEventStream(response, endpoint.origin)
      for await (const raw of data) {
        watchdog.arrived()
        yield* answer.read(chunkSchema.parse(raw))
        watchdog.waiting()
      }
      watchdog.throwIfEnded()
    } catch (error) {
      signal.throwIfAborted()
      // After its finish_reason an answer is whole, however the connection ends.
      if (!answer.finished) {
        watchdog.throwIfEnded()
        throw toModelError(error, { model, origin: endpoint.origin, started: answer.started })
      }
    } finally {
      watchdog.close()
    }
    yield* answer.end()
  }

  return { name: model, step }
}

/** What one step has brought so far. */
class Answer {
  started = false
  private reason: string | undefined
  private usage: StepUsage | undefined
  private readonly calls: ToolCallAssembler

  constructor(request: StepRequest) {
    const earlier = request.messages.flatMap((message) =>
      message.role === 'assistant' ? (message.toolCalls ?? []) : [],
    )
    this.calls = new ToolCallAssembler(earlier.map((call) => call.id))
  }

  get finished(): boolean {
    return this.reason !== undefined
  }

  *read(chunk: Chunk): Generator<StepEvent, void, void> {
    this.started = true
    if (chunk.usage) {
      this.usage = { promptTokens: chunk.usage.prompt_tokens, completionTokens: chunk.usage.completion_tokens }
    }
    const choice = chunk.choices[0]
    const reasoning = choice?.delta?.reasoning ?? choice?.delta?.reasoning_content
    if (reasoning) yield { type: 'reasoning', text: reasoning }
    if (choice?.delta?.content) yield { type: 'text', text: choice.delta.content }
    for (const delta of choice?.delta?.tool_calls ?? []) this.calls.add(delta)
    if (choice?.finish_reason) this.reason = choice.finish_reason
  }

  /**
   * Calls are handed on only now: those of an answer that breaks off must not run.
   * @throws ModelError `model-cut` without a finish_reason: on /v1 Ollama swallows every error after the first token
   */
  *end(): Generator<StepEvent, void, void> {
    if (this.reason === undefined) throw new ModelError('model-cut', CUT)
    const cut = this.reason === 'length'
    const calls = this.calls.finish(cut)
    for (const call of calls) yield { type: 'tool-call', ...call }
    // Some servers say `stop` after tool calls, some `tool_calls` without one.
    const reason = cut ? 'length' : calls.length > 0 ? 'tool-calls' : 'stop'
    yield { type: 'finish', reason, ...(this.usage && { usage: this.usage }) }
  }
}

const CUT =
  "The model's answer broke off before its end. The model server's log says why: often it ran out of memory, or the model wrote a tool call that could not be parsed. Try again."

function requestBody(request: StepRequest, options: OllamaModelOptions): ChatCompletionCreateParamsStreaming {
  const tools = toRequestTools(request.tools)
  return {
    model: options.model,
    messages: toRequestMessages(request.messages),
    stream: true,
    stream_options: { include_usage: true },
    ...(tools && { tools }),
    // Ollama ignores max_completion_tokens.
    ...(request.maxTokens !== undefined && { max_tokens: request.maxTokens }),
    ...(options.reasoningEffort && { reasoning_effort: options.reasoningEffort }),
  }
}

/** A login page or a program that does not stream answers 200 as well. */
function requireEventStream(response: Response, origin: string): void {
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('event-stream')) return
  const what = isHtml('', type) ? `a web page` : type || 'an answer without a type'
  const message = `${origin} answered the model request with ${what} (status ${response.status}) in place of a stream. Check OLLAMA_BASE_URL and what stands in between.`
  throw new ModelError('model-bad-response', message)
}
