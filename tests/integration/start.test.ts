import { describe, expect, it } from 'vitest'
import { spawnApp, startApp } from '../support/app'
import { askJson, columnsOf, tableOf } from '../support/chat'

describe('a wrong configuration', () => {
  it.each([
    ['PORT', { PORT: 'eighty' }],
    ['OLLAMA_BASE_URL', { OLLAMA_BASE_URL: 'localhost' }],
    ['MCP_TRANSPORT', { MCP_TRANSPORT: 'pigeon' }],
    ['KUBECONFIG', { KUBECONFIG: '/does/not/exist' }],
    ['TLS_KEY_FILE', { TLS_CERT_FILE: '/does/not/exist' }],
  ])('%s ends the process with exit 1 and a message that names it', async (variable, env) => {
    const app = spawnApp(env)
    expect(await app.ended).toMatchObject({ code: 1 })
    expect(app.logs().join('\n')).toContain(`${variable}:`)
  })
})

describe('DEMO=1', () => {
  it("overrides everything, answers the demo's questions, and says what it is", async () => {
    const app = await startApp({
      DEMO: '1',
      OLLAMA_BASE_URL: 'http://127.0.0.1:1',
      MCP_SERVER_URL: 'http://127.0.0.1:1',
      KUBECONFIG: '/does/not/exist',
    })
    try {
      const health = async () => await (await fetch(`${app.url}/health`)).json()
      await expect.poll(health).toMatchObject({ status: 'ok', model: { demo: true }, cluster: { demo: true } })
      for (const question of [
        'Show me all pods',
        'deployments',
        'list services',
        'show nodes',
        'namespaces?',
        'Show the events',
        'Liệt kê các pod',
      ]) {
        const { toolCalls, finishReason } = await askJson(app.url, question)
        expect(finishReason, question).toBe('stop')
        expect(tableOf(toolCalls[0]?.result).rows.length, question).toBeGreaterThan(0)
      }
      const pods = tableOf((await askJson(app.url, 'pods in namespace shop')).toolCalls[0]?.result)
      const crashing =
        columnsOf(pods, ['NAME'])
          .flat()
          .find((name) => name.startsWith('cart-')) ?? ''
      const logs = await askJson(app.url, `logs of pod ${crashing} in namespace shop`)
      expect(logs.toolCalls.at(-1)).toMatchObject({ status: 'ok', result: { kind: 'log' } })
      const described = await askJson(app.url, `describe pod ${crashing} in namespace shop`)
      expect(JSON.stringify(described.toolCalls.at(-1)?.result)).toContain(crashing)
      const wrong = await askJson(app.url, 'What is wrong in namespace shop?')
      expect(wrong.toolCalls.length).toBeGreaterThan(2)
      expect(wrong.message.content).toContain('cart')
      const other = await askJson(app.url, 'Write me a poem')
      expect(other.message.content).toMatch(/demo/i)
      expect(other.toolCalls).toEqual([])
    } finally {
      await app.stop()
    }
  })
})
