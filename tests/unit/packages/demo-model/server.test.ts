import { stepEvents } from '../../../support/agent/step-events'
import { describe, expect, it } from 'vitest'
import { createOllamaModel } from '../../../../server/model/client'
import { ModelMonitor } from '../../../../server/model/status'
import { startDemoModel } from '@k8s-ai-assistant/demo-model'
import type { DemoModel, DemoModelOptions } from '@k8s-ai-assistant/demo-model'
import { converse } from './converse'
import { kubernetesMcpServerTools } from './foreign-tools'

async function withDemo(options: DemoModelOptions, use: (demo: DemoModel) => Promise<void>): Promise<void> {
  const demo = await startDemoModel(options)
  try {
    await use(demo)
  } finally {
    await demo.close()
  }
}

function ask(demo: DemoModel, content: string) {
  return fetch(`${demo.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: demo.model, messages: [{ role: 'user', content }], stream: true }),
  })
}

describe('the demo model', () => {
  it.each([['Write me a poem'], ['What is a pod?'], ['Hi'], ['How do I create a deployment?']])(
    'says of %j what it is and what it can do',
    async (question) => {
      const { text, rounds, reasoning } = await converse(question, kubernetesMcpServerTools)
      expect(rounds).toEqual([])
      expect(text).toContain('I am the demo model. I am rule-based')
      expect(text).toContain('OLLAMA_BASE_URL')
      expect(reasoning).toContain('no language model')
    },
  )

  it('says the same in Vietnamese', async () => {
    expect((await converse('Xin chào, bạn là ai?', kubernetesMcpServerTools)).text).toContain(
      'Tôi là mô hình demo. Tôi hoạt động theo luật',
    )
  })

  it.each([
    ['Delete pod ledger-0'],
    ['please scale deployment web to 3'],
    ['Xóa pod ledger-0'],
    ['Drain node demo-worker-1'],
  ])('says that it is read-only if no writing tool is offered, for %j', async (question) => {
    const { rounds, text } = await converse(question, kubernetesMcpServerTools)
    expect(rounds).toEqual([])
    expect(text).toMatch(/read-only mode|chế độ chỉ đọc/)
  })

  it('answers the last question of a conversation', () =>
    withDemo({ delayMs: 0 }, async (demo) => {
      const model = createOllamaModel({ baseUrl: demo.url, model: demo.model })
      const step = stepEvents(
        model,
        {
          messages: [
            { role: 'user', content: 'Show me all pods' },
            { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'pods_list', arguments: '{}' }] },
            { role: 'tool', toolCallId: 'a', name: 'pods_list', content: '(no rows)' },
            { role: 'assistant', content: '0 pods.' },
            { role: 'user', content: 'And the namespaces?' },
          ],
          tools: kubernetesMcpServerTools,
        },
        new AbortController().signal,
      )
      const events = await Array.fromAsync(step)
      expect(events.find(({ type }) => type === 'tool-call')).toMatchObject({ name: 'namespaces_list' })
    }))

  it("speaks Ollama's frames", () =>
    withDemo({ delayMs: 0 }, async (demo) => {
      const lines = (await (await ask(demo, 'Hi')).text()).split('\n\n').filter(Boolean)
      const chunks = lines.slice(0, -1).map((line) => JSON.parse(line.slice('data: '.length)))
      expect(lines.at(-1)).toBe('data: [DONE]')
      expect(chunks[0]).toMatchObject({
        object: 'chat.completion.chunk',
        model: 'demo-rules',
        system_fingerprint: 'fp_ollama',
      })
      expect(chunks[0].choices[0].delta).toMatchObject({ role: 'assistant', content: '' })
      expect(chunks[0].choices[0].delta.reasoning).not.toBe('')
      expect(chunks.at(-2).choices).toEqual([{ index: 0, delta: {}, finish_reason: 'stop' }])
      expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: chunks.length - 2 } })
    }))

  it('streams token by token', () =>
    withDemo({ delayMs: 1 }, async (demo) => {
      const reader = (await ask(demo, 'Hi')).body?.getReader()
      const first = new TextDecoder().decode((await reader?.read())?.value)
      expect(first).toContain('"reasoning"')
      expect(first).not.toContain('[DONE]')
      await reader?.cancel()
    }))

  it('writes no more once its client is gone', () =>
    withDemo({ delayMs: 1000 }, async (demo) => {
      const stop = new AbortController()
      const step = stepEvents(
        createOllamaModel({ baseUrl: demo.url, model: demo.model }),
        { messages: [{ role: 'user', content: 'Hi' }], tools: [] },
        stop.signal,
      )
      await step.next()
      stop.abort()
      // Tokens that had come before are still handed over.
      await expect(Array.fromAsync(step)).rejects.toBe(stop.signal.reason)
    }))

  it('tells the monitor its window and what it can do', () =>
    withDemo({}, async (demo) => {
      const status = await new ModelMonitor({ baseUrl: demo.url, model: demo.model }).warmUp()
      expect(status).toEqual({
        reachable: true,
        loaded: true,
        window: { tokens: 32_768, source: 'server' },
        capabilities: ['completion', 'tools', 'thinking'],
        models: ['demo-rules'],
      })
    }))

  it('knows no other model, no broken request and no other path', () =>
    withDemo({}, async (demo) => {
      const post = (body: string) => fetch(`${demo.url}/v1/chat/completions`, { method: 'POST', body })
      const other = await post(JSON.stringify({ model: 'gpt-oss:20b', messages: [] }))
      expect(other.status).toBe(404)
      expect(await other.json()).toMatchObject({
        error: { type: 'not_found_error', message: "model 'gpt-oss:20b' not found" },
      })
      expect((await post('{')).status).toBe(400)
      expect((await fetch(`${demo.url}/v2`)).status).toBe(404)
    }))

  it('listens on the given port, and reports if it is in use', () =>
    withDemo({}, async (demo) => {
      const port = Number(new URL(demo.url).port)
      await expect(startDemoModel({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    }))
})
