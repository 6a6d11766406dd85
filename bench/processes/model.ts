/**
 * The simulated model: Ollama's API with instant answers. Prints its port as JSON. `GET /bench/requests` returns the
 * chat requests, and `GET /bench/load` its load, both since the last call.
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerOllamaApi, chatRequestSchema } from '@k8s-ai-assistant/demo-model/ollama'
import type { ChatRequest } from '@k8s-ai-assistant/demo-model/ollama'
import { fromQuestion } from '../script'
import { answerText, begin, callTool, playScript } from './answers'
import { loadSince } from './event-loop-load'

const state = {
  model: 'gpt-oss:20b',
  version: '0.33.0',
  contextLength: 32_768,
  loaded: true,
  capabilities: ['completion', 'tools', 'thinking'],
}

/** The calls that list pods: of kubernetes-mcp-server, our own MCP server, and mcp-server-kubernetes. */
const LIST_PODS = [
  { name: 'pods_list', needs: undefined, arguments: {} },
  { name: 'kubectl_get', needs: 'resource', arguments: { resource: 'pods' } },
  {
    name: 'kubectl_get',
    needs: 'resourceType',
    arguments: { resourceType: 'pods', allNamespaces: true, output: 'wide' },
  },
]

/** Maximum remembered chat requests. */
const MAX_KEPT = 100

let requests: { body: string; ms: number }[] = []
const load = loadSince()

const server = createServer((request, response) => {
  handle(request, response).catch((error: unknown) => {
    console.error(error)
    response.destroy()
  })
})
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address())))

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const receivedAt = performance.now()
  const { method = 'GET', url = '/' } = request
  const text = await readText(request)
  if (method === 'POST' && url === '/v1/chat/completions') {
    if (requests.length < MAX_KEPT)
      response.once('finish', () => requests.push({ body: text, ms: performance.now() - receivedAt }))
    answer(response, chatRequestSchema.parse(JSON.parse(text)))
  } else if (url === '/bench/requests') {
    send(response, 200, requests)
    requests = []
  } else if (url === '/bench/load') send(response, 200, load())
  else {
    const own = answerOllamaApi(method, url, text === '' ? undefined : JSON.parse(text), state)
    send(response, own?.status ?? 404, own?.body)
  }
}

function answer(response: ServerResponse, { messages, tools }: ChatRequest): void {
  begin(response)
  if (messages.at(-1)?.role === 'tool')
    return answerText(response, 'There it is. All of it stands in the result above.')
  const question = messages.findLast(({ role }) => role === 'user')?.content ?? ''
  const script = fromQuestion(question)
  const call = script?.kind === 'tool' ? script : script ? undefined : listPods(tools)
  if (call) return callTool(response, call.name, call.arguments)
  if (!script || script.kind === 'tool') return answerText(response, 'There is no tool for this question.')
  playScript(response, script)
}

function listPods(tools: ChatRequest['tools']) {
  return LIST_PODS.find(({ name, needs }) =>
    tools?.some(
      ({ function: { name: offered, parameters } }) =>
        offered === name && (needs === undefined || needs in (parameters?.properties ?? {})),
    ),
  )
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body ?? { error: 'not found' }))
}
