/** A model step with the `openai` package: one request, its frames read as they arrive. */
import { msg } from '#shared/messages/create'
import OpenAI from 'openai'
import { completionSchema } from './frames/chunk'
import { modelEndpoint } from './endpoint'
import { toModelError } from './errors'
import { readEvents } from './frames/event-stream'
import { CallSilence } from './call-silence'
import type { Sampling } from './families'
import { watchFirstToken } from './first-token'
import { parseJson } from './frames/json'
import { toRequestMessages, toRequestTools } from './messages'
import { isHtml } from './status-errors'
import { StepAnswer } from './step-answer'
import { StreamResponse, modelFetch } from './transport'
import { ModelError } from './types'
import type { ChatModel, StepEnd, StepListener, StepRequest } from './types'
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
  /** What it leaves open is the server's default. */
  sampling?: Sampling
  /** Resolves when the model is in memory; called while the first token is pending. */
  untilLoaded?: (signal: AbortSignal) => Promise<unknown>
  /** The server broke off or is unreachable: it may have been restarted, without the model in memory. */
  onLost?: () => void
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
  const { model, stallMs = STALL_MS, firstTokenMs = FIRST_TOKEN_MS, sampling = {}, untilLoaded, onLost } = options
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
    const stopWatching = untilLoaded ? watchFirstToken(untilLoaded, listener.waiting) : () => undefined
    const silence = new CallSilence(listener.waiting)
    const answer = new StepAnswer(request, listener)
    try {
      const response = await create(client, requestBody(request, model, sampling), watchdog.signal)
      if (response instanceof StreamResponse)
        await readEvents(response.stream, (data) => {
          if (!answer.started) stopWatching()
          const isEnd = answer.readEvent(data)
          const { mayBeCalling, writing } = answer
          watchdog.arrived(mayBeCalling)
          silence.arrived(mayBeCalling, writing)
          return isEnd
        })
      else answer.readWhole(await wholeAnswer(response, endpoint.origin))
      watchdog.throwIfEnded()
    } catch (error) {
      signal.throwIfAborted()
      // After finish_reason the answer is complete, however the connection ends.
      if (!answer.finished) {
        watchdog.throwIfEnded()
        throw reported(toModelError(error, { model, origin: endpoint.origin, started: answer.started }))
      }
    } finally {
      stopWatching()
      silence.close()
      watchdog.close(answer.finished)
    }
    return answer.end()
  }

  function reported(error: ModelError): ModelError {
    if (error.code === 'model-cut' || error.code === 'model-unreachable') onLost?.()
    return error
  }

  return { name: model, step }
}

function requestBody(request: StepRequest, model: string, { temperature, topP, reasoningEffort }: Sampling) {
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
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(reasoningEffort && { reasoning_effort: reasoningEffort }),
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
