/** Replays Ollama's frames byte by byte and records requests. */
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { answerOllamaApi, chatRequestSchema } from '@k8s-ai-assistant/demo-model/ollama'
import type { OllamaState, ChatRequest } from '@k8s-ai-assistant/demo-model/ollama'
import { answer } from './answer'
import type { Answer } from './answer'
import { refusal } from './checks'
import type { Gate } from './gate'
import { play } from './play'

export type Rule = (request: ChatRequest) => Answer

export interface RecordedRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  /** The parsed JSON body; undefined without one. */
  body: unknown
  /** Resolves when the response or its connection has ended. */
  closed: Promise<{
    /** By performance.now(). */ at: number
    /** True if the whole answer was written. */ complete: boolean
  }>
}

export interface ReplayOptions extends Partial<OllamaState> {
  /** False: another OpenAI-compatible server, with 404 for all of /api. */
  ollama?: boolean
  port?: number
}

export interface ReplayServer {
  /** Without `/v1`. */
  url: string
  /** The state that /api/* reports. May be changed at any time. */
  state: OllamaState
  /** Every request, in order. */
  requests: RecordedRequest[]
  /** The bodies of the requests to /v1/chat/completions. */
  chats: () => ChatRequest[]
  /** The end of the last of them. */
  lastChatClosed: () => RecordedRequest['closed']
  /** Resolves with the n-th request (from 1). */
  request: (n?: number) => Promise<RecordedRequest>
  /** Queues answers of /v1/chat/completions, one for each request. */
  enqueue: (...answers: (Answer | Rule)[]) => void
  /**
   * Drops unused answers.
   * @returns their number
   */
  dropQueue: () => number
  /** Answers requests when the queue is empty. */
  onRequest: (rule: Rule) => void
  /** Overrides a response of /api: `holdApi('/api/chat', gate)`, `failApi('/api/ps', answer.status(500))`. */
  holdApi: (path: string, gate: Gate) => void
  failApi: (path: string, failure: Answer) => void
  close: () => Promise<void>
}

export async function startReplayServer(options: ReplayOptions = {}): Promise<ReplayServer> {
  const { ollama = true, port = 0, ...given } = options
  const state: OllamaState = {
    model: 'gpt-oss:20b',
    version: '0.33.0',
    contextLength: 8192,
    loaded: false,
    capabilities: ['completion', 'tools', 'thinking'],
    ...given,
  }
  const requests: RecordedRequest[] = []
  const waiting: { n: number; resolve: (request: RecordedRequest) => void }[] = []
  const queue: (Answer | Rule)[] = []
  const held = new Map<string, Gate>()
  const failing = new Map<string, Answer>()
  /** Of a load that an answer simulates: as with the real server, a warm-up waits for its end. */
  let load: Gate | undefined
  let rule: Rule = () => answer.error(500, 'no answer is scripted for this request')

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded = record(request, response, await readJson(request))
    requests.push(recorded)
    for (const { n, resolve } of waiting) if (n === requests.length) resolve(recorded)
    const { method, path, body } = recorded
    if (path === '/v1/chat/completions') return chat(body, response)
    const failure = failing.get(path)
    if (failure) return play(failure.script, response, state.model)
    await held.get(path)?.pass()
    if (path === '/api/chat') await load?.pass()
    const own = ollama ? answerOllamaApi(method, path, body, state) : undefined
    response.writeHead(own?.status ?? 404, { 'content-type': own ? 'application/json' : 'text/plain' })
    response.end(own ? JSON.stringify(own.body) : '404 page not found')
  }

  async function chat(body: unknown, response: ServerResponse): Promise<void> {
    const request = chatRequestSchema.parse(body)
    const refused = refusal(request)
    if (refused) return play(refused.script, response, state.model)
    const next = queue.shift() ?? rule
    const chosen = typeof next === 'function' ? next(request) : next
    // A hold before the first frame simulates a loading model.
    const [first] = chosen.script.steps
    load = first?.kind === 'hold' && !state.loaded ? first.gate : undefined
    state.loaded ||= first?.kind !== 'hold'
    await play(chosen.script, response, state.model, request.stream !== true)
    state.loaded = true
  }

  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message: String(error) } }))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The replay server has no port')

  return {
    url: `http://127.0.0.1:${address.port}`,
    state,
    requests,
    chats: () =>
      requests.filter(({ path }) => path === '/v1/chat/completions').map(({ body }) => chatRequestSchema.parse(body)),
    lastChatClosed: () => {
      const last = requests.findLast(({ path }) => path === '/v1/chat/completions')
      if (!last) throw new Error('The replay server was not asked for a chat')
      return last.closed
    },
    request: (n = 1) => {
      const there = requests[n - 1]
      return there ? Promise.resolve(there) : new Promise((resolve) => waiting.push({ n, resolve }))
    },
    enqueue: (...answers) => void queue.push(...answers),
    dropQueue: () => queue.splice(0).length,
    onRequest: (next) => void (rule = next),
    holdApi: (path, gate) => void held.set(path, gate),
    failApi: (path, failure) => void failing.set(path, failure),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function record(request: IncomingMessage, response: ServerResponse, body: unknown): RecordedRequest {
  return {
    method: request.method ?? 'GET',
    path: new URL(request.url ?? '/', 'http://localhost').pathname,
    headers: request.headers,
    body,
    closed: new Promise((resolve) => {
      response.once('close', () => resolve({ at: performance.now(), complete: response.writableFinished }))
    }),
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? undefined : JSON.parse(text)
}
