/** A model step with the `openai` package: one request, its frames read as they arrive. */
import { msg } from '#shared/messages/create'
import OpenAI from 'openai'
import { chunkSchema, completionSchema, streamErrorSchema } from './chunk'
import type { Chunk } from './chunk'
import { modelEndpoint } from './endpoint'
import { brokenCall } from './broken-call'
import { endedWith, toModelError } from './errors'
import { readEvents } from './event-stream'
import { watchFirstToken } from './first-token'
import { parseJson } from './json'
import { toRequestMessages, toRequestTools } from './messages'
import { isHtml } from './status-errors'
import { ToolCallAssembler } from './tool-calls'
import { StreamResponse, modelFetch } from './transport'
import { ModelError } from './types'
import type { ChatModel, StepEnd, StepListener, StepRequest, StepUsage } from './types'
import { Watchdog } from './watchdog'

export interface OllamaModelOptions {
  /** The server's URL, with or without `/v1`. */
  baseUrl: string
  model: string
  apiKey?: string
  /** Maximum silence between two chunks, in milliseconds. */
  stallMs?: number
  /** Maximum wait for the first chunk, in milliseconds, including the load of a cold model. */
  firstTokenMs?: number
  /** Absent: the server's default. A model without thinking answers any level with 400. */
  reasoningEffort?: 'low' | 'medium' | 'high'
  /** Whether the model is in memory; called while the first token is pending. */
  isLoaded?: () => Promise<boolean | undefined>
}

/** goose's 30 s was too short for slow models (goose#7723, #8476). */
const STALL_MS = 120_000
const FIRST_TOKEN_MS = 600_000

/** The SDK's timeout ends at the headers; ours replaces it. */
const NO_TIMEOUT = 2 ** 31 - 1

/**
 * A model behind Ollama's `/v1/chat/completions` or a compatible server.
 * @throws TypeError if `baseUrl` is not an http(s) URL
 */
export function createOllamaModel(options: OllamaModelOptions): ChatModel {
  const { model, stallMs = STALL_MS, firstTokenMs = FIRST_TOKEN_MS, reasoningEffort, isLoaded } = options
  const endpoint = modelEndpoint(options.baseUrl, options.apiKey)
  const client = new OpenAI({
    baseURL: endpoint.v1,
    // The SDK requires a key; Ollama ignores it.
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

  async function step(request: StepRequest, signal: AbortSignal, listener: StepListener): Promise<StepEnd> {
    signal.throwIfAborted()
    const watchdog = new Watchdog(signal, { stallMs, firstTokenMs })
    const stopWatching = isLoaded ? watchFirstToken(isLoaded, listener.waiting) : () => undefined
    const answer = new Answer(request, listener)
    try {
      const response = await create(client, requestBody(request, model, reasoningEffort), watchdog.signal)
      if (response instanceof StreamResponse)
        await readEvents(response.stream, (data) => {
          if (!answer.started) stopWatching()
          const isEnd = answer.readEvent(data)
          watchdog.arrived(answer.mayBeCalling)
          return isEnd
        })
      else answer.readWhole(await wholeAnswer(response, endpoint.origin))
      watchdog.throwIfEnded()
    } catch (error) {
      signal.throwIfAborted()
      // After finish_reason the answer is complete, however the connection ends.
      if (!answer.finished) {
        watchdog.throwIfEnded()
        throw toModelError(error, { model, origin: endpoint.origin, started: answer.started })
      }
    } finally {
      stopWatching()
      watchdog.close(answer.finished)
    }
    return answer.end()
  }

  return { name: model, step }
}

/** The output of a step so far. */
class Answer {
  started = false
  private reason: string | undefined
  private usage: StepUsage | undefined
  private readonly calls: ToolCallAssembler
  private readonly hasTools: boolean
  /** The last piece of text; empty after reasoning. */
  private lastText = ''

  constructor(
    request: StepRequest,
    private readonly listener: StepListener,
  ) {
    const earlier = request.messages.flatMap((message) =>
      message.role === 'assistant' ? (message.toolCalls ?? []) : [],
    )
    this.hasTools = request.tools.length > 0
    this.calls = new ToolCallAssembler(earlier.map((call) => call.id))
  }

  /** After reasoning or a whole sentence, silence may mean that the model writes a call. */
  get mayBeCalling(): boolean {
    return this.hasTools && !this.finished && (this.lastText === '' || /[.!?:…]["')\]]*\s*$/.test(this.lastText))
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
    for (const delta of choice?.delta?.tool_calls ?? []) this.calls.add(delta)
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

function requestBody(request: StepRequest, model: string, effort: OllamaModelOptions['reasoningEffort']) {
  const tools = toRequestTools(request.tools)
  const streaming =
    request.stream === false ? { stream: false } : { stream: true, stream_options: { include_usage: true } }
  return {
    model,
    messages: toRequestMessages(request.messages),
    ...streaming,
    ...(tools && { tools }),
    // Ollama ignores max_completion_tokens.
    ...(request.maxTokens !== undefined && { max_tokens: request.maxTokens }),
    ...(effort && { reasoning_effort: effort }),
  }
}

/** Reads the raw response: the SDK's own stream costs a dozen promises for each token. */
async function create(client: OpenAI, body: ReturnType<typeof requestBody>, signal: AbortSignal): Promise<Response> {
  return await client.chat.completions.create(body, { signal }).asResponse()
}

/**
 * A non-streaming answer. Some servers send one instead of a stream; a login page or another program also answers 200.
 */
async function wholeAnswer(response: Response, origin: string): Promise<unknown> {
  const type = response.headers.get('content-type') ?? ''
  const text = await response.text()
  const body = parseJson(text)
  if (completionSchema.safeParse(body).success) return body
  const what = isHtml('', type) ? msg('model-what-page') : type || msg('model-what-untyped')
  const detail = msg('model-not-an-answer', { origin, what, status: response.status })
  throw new ModelError('model-bad-response', detail)
}
