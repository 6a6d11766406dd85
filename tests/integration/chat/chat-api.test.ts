import { get } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { askJson, askSse, columnsOf, onlyResult, readSse, tableOf } from '../../support/chat'
import { OLD_CONVERSATION } from '../../support/old-conversation'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'

let replay: ReplayServer
let app: App

/** Calls the tool, then answers after its result. */
const thenSay = (name: string, args: object, text: string) =>
  replay.enqueue(answer.reasoning('Let me look.').toolCall(name, args), answer.text(text))
const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/chat`, { method: 'POST', body, headers })
const json = (question: string) => JSON.stringify({ messages: [{ role: 'user', content: question }] })

beforeAll(async () => {
  replay = await startReplayServer({ contextLength: 32_768 })
  app = await startApp({ OLLAMA_BASE_URL: replay.url, ACCESS_MODE: 'read-only' })
})
afterAll(async () => {
  await app?.stop()
  await replay?.close()
})

/** Values of the demo's Secrets, plain and in base64, except words that also occur elsewhere. */
async function secretValues(): Promise<string[]> {
  const cluster = await startDemoCluster()
  const list = await (await fetch(`${cluster.url}/api/v1/secrets`)).json()
  await cluster.close()
  const secrets = z
    .object({ items: z.array(z.object({ data: z.record(z.string(), z.string()).optional() })) })
    .parse(list)
  const values = secrets.items.flatMap(({ data = {} }) => Object.values(data))
  return values
    .flatMap((base64) => [base64, Buffer.from(base64, 'base64').toString('utf8')])
    .filter((text) => text.length > 9)
}

describe('POST /api/chat', () => {
  it("streams the AI SDK's UI messages to the page", async () => {
    thenSay('kubectl_get', { resource: 'pods', namespace: 'shop' }, 'Here they are.')
    const response = await askSse(app.url, 'pods in shop')
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    expect(response.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1')
    const chunks = await Array.fromAsync(readSse(response))
    expect(chunks[0]).toMatchObject({ type: 'start', messageMetadata: { model: 'gpt-oss:20b' } })
    expect(chunks.at(-1)).toMatchObject({ type: 'finish', finishReason: 'stop' })
    const input = chunks.find((chunk) => chunk.type === 'tool-input-available')
    expect(input).toMatchObject({
      dynamic: true,
      toolName: 'kubectl_get',
      input: { resource: 'pods', namespace: 'shop' },
    })
    expect(chunks.find((chunk) => chunk.type === 'data-result')).toMatchObject({ data: { result: { kind: 'table' } } })
    const output = chunks.find((chunk) => chunk.type === 'tool-output-available')
    expect(output).toMatchObject({ toolCallId: input?.toolCallId, output: { status: 'ok' } })
    expect(chunks.flatMap((chunk) => (chunk.type === 'text-delta' ? [chunk.delta] : [])).join('')).toBe(
      'Here they are.',
    )
  })

  it("answers a bare array with JSON, of any content type and in the design's own shape", async () => {
    thenSay('kubectl_get', { resource: 'pods', allNamespaces: true }, 'Here they are.')
    const body = JSON.stringify([
      { role: 'bot', text: 'Hello.' },
      { role: 'user', text: 'Show me all pods' },
    ])
    const response = await post(body, { 'content-type': 'text/plain' })
    expect(await response.json()).toMatchObject({
      message: { role: 'assistant', content: 'Here they are.' },
      toolCalls: [{ name: 'kubectl_get', arguments: { resource: 'pods' }, status: 'ok', result: { kind: 'table' } }],
      usage: { promptTokens: 20, completionTokens: 10 },
      finishReason: 'stop',
    })
    expect(replay.chats().at(-1)?.messages[1]).toMatchObject({ role: 'assistant', content: 'Hello.' })
  })

  it('takes a conversation of a former version, with tools that are gone', async () => {
    const { id, messages } = OLD_CONVERSATION
    // As the page posts them, without rendered parts.
    const posted = messages.map(({ parts, ...message }) => ({
      ...message,
      parts: parts.filter(({ type }) => !type.startsWith('data-')),
    }))
    thenSay('kubectl_get', { resource: 'pods', namespace: 'shop' }, 'It still crashes.')
    const question = { id: 'q3', role: 'user', parts: [{ type: 'text', text: 'And now?' }] }
    const response = await post(JSON.stringify({ id, messages: [...posted, question] }), { accept: 'application/json' })
    expect(await response.json()).toMatchObject({
      message: { content: 'It still crashes.' },
      toolCalls: [{ name: 'kubectl_get', status: 'ok' }],
      finishReason: 'stop',
    })
    const told = JSON.stringify(replay.chats().at(-1)?.messages)
    for (const text of ['pods_list_in_namespace', 'cannot connect to redis', 'Scaled.']) expect(told).toContain(text)
  })

  it('lets an unambiguous Accept decide', async () => {
    replay.enqueue(answer.text('Hi'), answer.text('Hi'), answer.text('Hi'))
    const sse = await post(JSON.stringify([{ role: 'user', content: 'hello' }]), { accept: 'text/event-stream' })
    expect(sse.headers.get('content-type')).toContain('text/event-stream')
    await sse.text()
    const plain = await post(json('hello'), { accept: 'application/json' })
    expect(plain.headers.get('content-type')).toContain('application/json')
    await plain.text()
    const neither = await post(json('hello'))
    expect(neither.headers.get('content-type')).toContain('text/event-stream')
    await neither.text()
  })

  it("draws the table from the cluster, regardless of the model's text", async () => {
    thenSay(
      'kubectl_get',
      { resource: 'pods', allNamespaces: true },
      'There is exactly one pod, called hallucination-0.',
    )
    const table = tableOf(onlyResult(await askJson(app.url, 'Show me all pods')))
    expect(table.columns.slice(0, 6)).toEqual(['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'])
    const names = columnsOf(table, ['NAME']).flat()
    expect(names.filter((name) => name.startsWith('web-'))).toHaveLength(3)
    expect(names.join()).not.toContain('hallucination')
  })

  it('keeps the request id in the header, the error and every log line', async () => {
    const response = await post('{"messages": []}', { 'x-request-id': 'my-id-1' })
    expect(response.headers.get('x-request-id')).toBe('my-id-1')
    expect(await response.json()).toEqual({
      error: {
        code: 'bad-request',
        message: 'messages: must not be empty',
        requestId: 'my-id-1',
        localized: {
          code: 'field-problem',
          params: { field: 'messages', problem: { code: 'field-empty', params: {}, text: 'must not be empty' } },
        },
      },
    })
    expect(app.logs().filter((line) => line.includes('my-id-1')).length).toBeGreaterThan(0)
  })

  it.each([
    ['not json', 'body: is not valid JSON'],
    ['{"messages": [{"role": "user"}]}', 'messages[0].content'],
    ['{"messages": [{"role": "admin", "content": "x"}]}', 'messages[0].role'],
    ['[]', 'messages: must not be empty'],
    ['', 'body: is not valid JSON'],
    ['null', 'body: must be'],
  ])('refuses %s with a 400 that names the field', async (body, words) => {
    const response = await post(body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { code: 'bad-request', message: expect.stringContaining(words) },
    })
  })

  it('refuses a body over 1 MiB with a 413, and continues', async () => {
    const response = await post(json('x'.repeat(1024 * 1024)))
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ error: { code: 'body-too-large' } })
    replay.enqueue(answer.text('Still here.'))
    expect((await askJson(app.url, 'hello')).message.content).toBe('Still here.')
  })

  it('answers an unknown and a denied tool to model and page, and runs neither', async () => {
    replay.enqueue(
      answer.toolCall('pods_delete', { name: 'web-1', namespace: 'shop' }).toolCall('make_coffee', {}),
      answer.text('No.'),
    )
    const { toolCalls } = await askJson(app.url, 'delete it')
    expect(toolCalls.map((call) => call.status).sort()).toEqual(['denied', 'error'])
    replay.enqueue(answer.toolCall('configuration_view', {}), answer.text('No.'))
    expect((await askJson(app.url, 'kubeconfig?')).toolCalls[0]).toMatchObject({ status: 'denied' })
  })

  it('keeps Secret values from model, client and log', async () => {
    replay.enqueue(
      answer.toolCall('kubectl_get', { resource: 'secrets', allNamespaces: true }).toolCall('kubectl_describe', {
        resource: 'secret',
        name: 'gateway-credentials',
        namespace: 'payments',
      }),
      answer.text('No.'),
    )
    const { toolCalls } = await askJson(app.url, 'secrets?')
    expect(toolCalls.map((call) => call.status)).toEqual(['denied', 'denied'])
    const values = await secretValues()
    expect(values.length).toBeGreaterThan(0)
    const seen = JSON.stringify([toolCalls, replay.requests.map(({ body }) => body), app.logs()])
    for (const value of values) expect(seen.includes(value), value).toBe(false)
  })

  it('gives the error of a tool to the model, which may continue', async () => {
    replay.enqueue(
      answer.toolCall('kubectl_describe', { resource: 'pod', name: 'no-such-pod', namespace: 'shop' }),
      answer.text('There is none.'),
    )
    const { toolCalls, message } = await askJson(app.url, 'pod?')
    expect(toolCalls[0]).toMatchObject({
      status: 'error',
      result: { kind: 'text', code: 'not-found', text: expect.stringContaining('no-such-pod') },
    })
    expect(message.content).toBe('There is none.')
    expect(JSON.stringify(replay.chats().at(-1)?.messages.at(-1))).toContain('no-such-pod')
  })

  it('explains problems with the model', async () => {
    replay.enqueue(answer.error(404, "model 'gpt-oss:20b' not found", 'not_found_error'))
    const { error, finishReason } = await askJson(app.url, 'hello')
    expect(error).toMatchObject({
      code: 'model-not-found',
      message: expect.stringContaining('ollama pull gpt-oss:20b'),
    })
    expect(finishReason).toBe('error')
  })

  it('asks a busy model server again, and reports it meanwhile', async () => {
    replay.enqueue(answer.error(503, 'server busy'), answer.text('My turn.'))
    const chunks = await Array.fromAsync(readSse(await askSse(app.url, 'hello')))
    expect(chunks).toContainEqual({ type: 'data-progress', data: { state: 'model-busy' }, transient: true })
    expect(chunks.map(({ delta }) => delta).join('')).toContain('My turn.')
  })

  it('requests a truncated answer again, twice at most, and says what the model did wrong', async () => {
    replay.enqueue(...[1, 2, 3].map(() => answer.text('Half').cutOff()))
    const { error, message } = await askJson(app.url, 'hello')
    expect(error).toMatchObject({ code: 'model-bad-response', message: expect.stringContaining('valid tool call') })
    expect(message.content).toBe('')
    replay.enqueue(answer.text('Half').cutOff(), answer.text('The whole.'))
    expect((await askJson(app.url, 'hello')).message.content).toBe('The whole.')
  })

  it('continues a conversation that was stopped in a tool call', async () => {
    replay.enqueue(answer.text('Going on.'))
    const text = (words: string) => [{ type: 'text', text: words }]
    const stopped = {
      type: 'dynamic-tool',
      toolCallId: 'a',
      toolName: 'pods_list',
      input: {},
      state: 'input-available',
    }
    const messages = [
      { role: 'user', parts: text('pods') },
      { role: 'assistant', parts: [{ type: 'step-start' }, stopped] },
      { role: 'user', parts: text('and now?') },
    ]
    const response = await post(JSON.stringify({ messages }), { accept: 'application/json' })
    expect(await response.json()).toMatchObject({ message: { content: 'Going on.' } })
    const sent = replay.chats().at(-1)?.messages ?? []
    expect(sent.map((message) => message.role)).toEqual(['system', 'user', 'assistant', 'tool', 'user'])
  })
})

describe('without an MCP server', () => {
  it('reports it, and does not let the model make data up', async () => {
    const alone = await startApp({ OLLAMA_BASE_URL: replay.url, MCP_SERVER_URL: 'http://127.0.0.1:9/mcp' })
    try {
      const { error, finishReason } = await askJson(alone.url, 'Show me all pods')
      expect(error).toMatchObject({ code: 'mcp-down', message: expect.stringContaining('cannot be reached') })
      expect(finishReason).toBe('error')
      const health = await (await fetch(`${alone.url}/health`)).json()
      expect(health).toMatchObject({ process: { status: 'ok' }, mcp: { reason: expect.any(String) } })
      expect(health.mcp.status).not.toBe('ok')
    } finally {
      await alone.stop()
    }
  })
})

describe('a request of another site', () => {
  it('is refused by its Sec-Fetch-Site, for any content type', async () => {
    const response = await post(json('hello'), { 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ error: { code: 'forbidden' } })
  })

  it('is refused by a Host that is not ours: DNS rebinding', async () => {
    const status = await new Promise((resolve, reject) => {
      const asking = get(`${app.url}/health`, { headers: { host: 'evil.example.com' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      asking.once('error', reject)
    })
    expect(status).toBe(403)
  })
})

describe('the state', () => {
  it('is reported by /health', async () => {
    const response = await fetch(`${app.url}/health`)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      status: 'ok',
      process: { status: 'ok' },
      model: { status: 'ok', name: 'gpt-oss:20b', demo: false, window: { tokens: 32_768, source: 'server' } },
      mcp: { status: 'ok', state: 'ready', transport: 'http', server: { name: 'k8s-ai-assistant-mcp' } },
      cluster: { demo: true },
    })
  })

  it('of the MCP session is reported by /api/mcp/status and /api/mcp/tools, and it can be reopened', async () => {
    const status = await (await fetch(`${app.url}/api/mcp/status`)).json()
    expect(status).toMatchObject({ state: 'ready', transport: 'http' })
    const { tools } = await (await fetch(`${app.url}/api/mcp/tools`)).json()
    expect(tools).toContainEqual(expect.objectContaining({ serverName: 'kubectl_get', offered: true }))
    expect(JSON.stringify(tools)).not.toContain('"context"')
    const again = await fetch(`${app.url}/api/mcp/reconnect`, { method: 'POST' })
    expect(await again.json()).toMatchObject({ state: 'ready', sessions: status.sessions + 1 })
    thenSay('kubectl_get', { resource: 'namespaces' }, 'ok')
    expect((await askJson(app.url, 'namespaces')).toolCalls[0]?.status).toBe('ok')
  })
})

describe('the page', () => {
  it('comes with a strict policy, and its inline scripts carry the nonce', async () => {
    const response = await fetch(`${app.url}/`)
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    const scripts = (await response.text()).match(/<script[^>]*>/g) ?? []
    expect(scripts.length).toBeGreaterThan(0)
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
  })

  it('has no absolute URL to anywhere', async () => {
    const html = await (await fetch(`${app.url}/`)).text()
    expect(html.match(/(src|href)="(https?:)?\/\//g)).toBeNull()
  })
})
