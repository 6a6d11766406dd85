/** The demo model's server on 127.0.0.1: OpenAI-compatible, with Ollama's frames and API. */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { streamReply } from './answer-stream'
import { answerOllamaApi } from './ollama-api'
import type { OllamaState } from './ollama-api'
import { chatRequestSchema } from './request'
import { decide } from '../rules/rules'

export interface DemoModelOptions {
  /** Defaults to a free port. */
  port?: number
  /** Pause after each token, in milliseconds. */
  delayMs?: number
}

export interface DemoModel {
  /** Base URL, without `/v1`. */
  url: string
  model: string
  close: () => Promise<void>
}

const DEMO_MODEL = 'demo-rules'

/** Ollama's default on a common GPU. The demo itself has no limit. */
const CONTEXT_LENGTH = 32_768
const MAX_BODY = 32 * 1024 * 1024

/**
 * Starts the demo model.
 * @throws the listen error if the port is in use
 */
export async function startDemoModel(options: DemoModelOptions = {}): Promise<DemoModel> {
  const { port = 0, delayMs = 8 } = options
  const state: OllamaState = {
    model: DEMO_MODEL,
    version: '0.0.0-demo',
    contextLength: CONTEXT_LENGTH,
    loaded: true,
    capabilities: ['completion', 'tools', 'thinking'],
  }
  const server = createServer((request, response) => {
    void handle(request, response, state, delayMs).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The demo model has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    model: DEMO_MODEL,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  state: OllamaState,
  delayMs: number,
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  const body = request.method === 'POST' ? await readBody(request) : undefined
  const own = answerOllamaApi(request.method ?? 'GET', path, body, state)
  if (own) return sendJson(response, own.status, own.body)
  if (request.method === 'GET' && path === '/v1/models') {
    return sendJson(response, 200, {
      object: 'list',
      data: [{ id: state.model, object: 'model', created: 0, owned_by: 'demo' }],
    })
  }
  if (request.method !== 'POST' || path !== '/v1/chat/completions')
    return sendJson(response, 404, { error: 'not found' })
  const parsed = chatRequestSchema.safeParse(body)
  if (!parsed.success) return sendJson(response, 400, errorBody('the request is not valid', 'invalid_request_error'))
  if (parsed.data.model !== state.model) {
    return sendJson(response, 404, errorBody(`model '${parsed.data.model}' not found`, 'not_found_error'))
  }
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  await streamReply(response, decide(parsed.data), parsed.data, delayMs, gone.signal)
}

function errorBody(message: string, type: string) {
  return { error: { message, type, param: null, code: null } }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MAX_BODY) throw new Error('The body is too large')
    chunks.push(bytes)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}
