/** Ollama's own API beside /v1: loaded models, windows, capabilities, and the warm-up. */
import { z } from 'zod'
import { msg } from '#shared/messages/create'
import { modelEndpoint } from './endpoint'
import { toModelError } from './errors'
import { parseJson } from './frames/json'
import { describeStatus, isHtml } from './status-errors'
import { modelFetch } from './transport'
import { ModelError } from './types'

/** Other OpenAI-compatible servers lack this API, which is not an error. */
export type Offered<T> = { offered: true; value: T } | { offered: false }

export interface RunningModel {
  name: string
  /** The context window, in tokens. Absent on servers before v0.11. */
  contextLength?: number
}

export interface ShownModel {
  /** E.g. `completion`, `tools`, `thinking`. Absent on servers before v0.6.4. */
  capabilities?: string[]
}

/** Each throws ModelError, or the signal's reason when aborted. */
export interface OllamaApi {
  version: (signal?: AbortSignal) => Promise<Offered<string>>
  running: (signal?: AbortSignal) => Promise<Offered<RunningModel[]>>
  /** Names of the models on the server's disk. */
  models: (signal?: AbortSignal) => Promise<Offered<string[]>>
  show: (model: string, signal?: AbortSignal) => Promise<Offered<ShownModel>>
  /**
   * Loads the model. Never with `num_ctx`: /v1 cannot send one, so the first question would load it again.
   * Resolves when it is in memory.
   * @param keepAlive how long it stays there, e.g. `1h`; absent: as before
   */
  warmUp: (model: string, keepAlive?: string, signal?: AbortSignal) => Promise<Offered<true>>
}

export interface OllamaApiOptions {
  /** The server's URL, with or without `/v1`. */
  baseUrl: string
  /** Only for error messages. */
  model: string
  apiKey?: string
  /** Time limit of a request, in milliseconds. */
  timeoutMs?: number
  /** Time limit of the warm-up, in milliseconds: a large model on a slow disk takes minutes. */
  warmUpMs?: number
}

const versionSchema = z.looseObject({ version: z.string() })
const psSchema = z.looseObject({
  models: z
    .array(z.looseObject({ name: z.string(), context_length: z.number().nullish() }))
    .nullish()
    .transform((models) => models ?? []),
})
const tagsSchema = z.looseObject({
  models: z
    .array(z.looseObject({ name: z.string() }))
    .nullish()
    .transform((models) => models ?? []),
})
const showSchema = z.looseObject({ capabilities: z.array(z.string()).nullish() })
const errorSchema = z.looseObject({ error: z.union([z.string(), z.looseObject({ message: z.string() })]) })

/** @throws TypeError if `baseUrl` is not an http(s) URL */
export function createOllamaApi(options: OllamaApiOptions): OllamaApi {
  const { timeoutMs = 5000, warmUpMs = 600_000 } = options
  const endpoint = modelEndpoint(options.baseUrl, options.apiKey)
  const context = { model: options.model, origin: endpoint.origin, started: false }

  async function ask(path: string, body: unknown, ms: number, signal?: AbortSignal): Promise<Offered<unknown>> {
    signal?.throwIfAborted()
    const timeout = AbortSignal.timeout(ms)
    try {
      const response = await modelFetch(`${endpoint.root}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { ...endpoint.headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      })
      return readAnswer(response, await response.text(), context)
    } catch (error) {
      signal?.throwIfAborted()
      if (timeout.aborted)
        throw new ModelError('model-stalled', msg('model-timeout', { url: `${endpoint.origin}${path}`, ms }))
      throw toModelError(error, context)
    }
  }

  async function get<T>(path: string, schema: z.ZodType<T>, body: unknown, signal?: AbortSignal): Promise<Offered<T>> {
    const answer = await ask(path, body, timeoutMs, signal)
    if (!answer.offered) return answer
    const parsed = schema.safeParse(answer.value)
    if (parsed.success) return { offered: true, value: parsed.data }
    throw new ModelError('model-bad-response', msg('model-not-ollama', { url: `${endpoint.origin}${path}` }))
  }

  return {
    version: async (signal) =>
      map(await get('/api/version', versionSchema, undefined, signal), ({ version }) => version),
    running: async (signal) =>
      map(await get('/api/ps', psSchema, undefined, signal), ({ models }) =>
        models.map(({ name, context_length: window }) => ({ name, ...(window && { contextLength: window }) })),
      ),
    models: async (signal) =>
      map(await get('/api/tags', tagsSchema, undefined, signal), ({ models }) => models.map(({ name }) => name)),
    show: async (model, signal) =>
      map(await get('/api/show', showSchema, { model }, signal), ({ capabilities }) =>
        capabilities ? { capabilities } : {},
      ),
    warmUp: async (model, keepAlive, signal) => {
      const body = { model, messages: [], ...(keepAlive !== undefined && { keep_alive: keepAlive }) }
      return map(await ask('/api/chat', body, warmUpMs, signal), () => true)
    },
  }
}

/** Whether an Ollama responds within `timeoutMs`. Never throws. */
export async function probeOllama(baseUrl: string, timeoutMs: number): Promise<boolean> {
  try {
    return (await createOllamaApi({ baseUrl, model: '', timeoutMs }).version()).offered
  } catch {
    return false
  }
}

/**
 * Other servers return 404 or 405, or their page for every path. Ollama's own 404 names the model.
 * @throws ModelError
 */
function readAnswer(response: Response, text: string, context: { model: string; origin: string }): Offered<unknown> {
  const type = response.headers.get('content-type')
  const html = isHtml(text, type)
  const json = html ? undefined : parseJson(text)
  if (response.ok) return json === undefined ? { offered: false } : { offered: true, value: json }
  const said = errorSchema.safeParse(json)
  const words = said.success ? wordsOf(said.data.error) : ''
  const ofModel = said.success && /\bmodel\b/i.test(words)
  if ([404, 405, 501].includes(response.status) && !ofModel) return { offered: false }
  const { code, detail } = describeStatus({ status: response.status, words, json: said.success, html }, context)
  throw new ModelError(code, detail)
}

function wordsOf(error: string | { message: string }): string {
  return typeof error === 'string' ? error : error.message
}

function map<T, U>(offered: Offered<T>, change: (value: T) => U): Offered<U> {
  return offered.offered ? { offered: true, value: change(offered.value) } : offered
}
