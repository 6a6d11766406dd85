/** Ollama's own API beside /v1, with a small state. */
import { z } from 'zod'

export interface OllamaState {
  model: string
  version: string
  /** The context window, in tokens. */
  contextLength: number
  /** True if the model is in memory: /api/ps lists it. */
  loaded: boolean
  capabilities: string[]
}

export interface ApiAnswer {
  status: number
  body: unknown
}

const modelSchema = z.looseObject({ model: z.string() })

/**
 * @param body the parsed JSON body of a POST
 * @returns undefined for unknown paths. A warm-up sets `loaded`.
 */
export function answerOllamaApi(
  method: string,
  path: string,
  body: unknown,
  state: OllamaState,
): ApiAnswer | undefined {
  switch (`${method} ${path}`) {
    case 'GET /api/version':
      return ok({ version: state.version })
    case 'GET /api/tags':
      return ok({ models: [{ ...modelEntry(state), capabilities: state.capabilities }] })
    case 'GET /api/ps':
      return ok({ models: state.loaded ? [runningEntry(state)] : [] })
    case 'POST /api/show':
      return ofModel(body, state, () => ({ details: modelEntry(state).details, capabilities: state.capabilities }))
    case 'POST /api/chat':
      return ofModel(body, state, () => {
        state.loaded = true
        const message = { role: 'assistant', content: '' }
        return { model: state.model, created_at: new Date().toISOString(), message, done_reason: 'load', done: true }
      })
    default:
      return undefined
  }
}

function ofModel(body: unknown, state: OllamaState, answer: () => unknown): ApiAnswer {
  const request = modelSchema.safeParse(body)
  if (!request.success) return { status: 400, body: { error: 'model is required' } }
  const { model } = request.data
  if (model !== state.model) return { status: 404, body: { error: `model '${model}' not found` } }
  return ok(answer())
}

function ok(body: unknown): ApiAnswer {
  return { status: 200, body }
}

function modelEntry(state: OllamaState) {
  const details = {
    parent_model: '',
    format: 'gguf',
    family: 'demo',
    families: ['demo'],
    parameter_size: '',
    quantization_level: '',
  }
  return { name: state.model, model: state.model, size: 0, digest: '', details }
}

function runningEntry(state: OllamaState) {
  const expires = new Date(Date.now() + 3_600_000).toISOString()
  return { ...modelEntry(state), expires_at: expires, size_vram: 0, context_length: state.contextLength }
}
