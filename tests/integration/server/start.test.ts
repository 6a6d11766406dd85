import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { root } from '../../../scripts/paths.mjs'
import {
  hasKubectl,
  spawnApp,
  startApp,
  startByScript,
  startKubernetesMcpServer,
  startMcpServerKubernetes,
} from '../../support/app'
import type { Env, McpServer } from '../../support/app'
import { askJson, columnsOf, tableOf } from '../../support/chat'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { KUBERNETES_MCP_SERVER, MCP_SERVER_KUBERNETES, OWN } from '../../support/tool-names'
import type { ToolNames } from '../../support/tool-names'

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

describe('the built server', () => {
  it('brings the demo with it: it needs no package of the repository', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'output-'))
    cpSync(join(root, '.output'), folder, { recursive: true })
    const app = await startApp({ DEMO: '1' }, [], join(folder, 'server', 'index.mjs'))
    try {
      const { toolCalls } = await askJson(app.url, 'Show me all pods')
      expect(columnsOf(tableOf(toolCalls[0]?.result), ['STATUS']).flat()).toContain('CrashLoopBackOff')
    } finally {
      await app.stop()
      rmSync(folder, { recursive: true })
    }
  })
})

describe('npm start', () => {
  let cluster: DemoCluster
  let replay: ReplayServer
  /** A home without a kubeconfig. */
  let home: string
  beforeAll(async () => {
    cluster = await startDemoCluster()
    replay = await startReplayServer({ contextLength: 32_768 })
    home = mkdtempSync(join(tmpdir(), 'home-'))
  })
  afterAll(async () => {
    await replay?.close()
    await cluster?.close()
    rmSync(home, { recursive: true })
  })

  async function expectPods(env: Env, tools: ToolNames): Promise<void> {
    const app = await startByScript({ HOME: home, ...env })
    try {
      replay.enqueue(answer.toolCall(...tools.listPods), answer.text('There they are.'))
      const { toolCalls } = await askJson(app.url, 'Show me all pods')
      expect(columnsOf(tableOf(toolCalls[0]?.result), ['STATUS']).flat()).toContain('CrashLoopBackOff')
      const { mcp } = await (await fetch(`${app.url}/health`)).json()
      expect(mcp).toMatchObject({ status: 'ok', state: 'ready', server: { name: tools.server } })
    } finally {
      await app.stop()
    }
  }

  async function withServer(starting: Promise<McpServer>, use: (server: McpServer) => Promise<void>): Promise<void> {
    const server = await starting
    try {
      await use(server)
    } finally {
      await server.stop()
    }
  }

  it('with nothing reads the demo cluster with our own MCP server', async () => {
    const app = await startByScript({ HOME: home })
    try {
      const health = async () => await (await fetch(`${app.url}/health`)).json()
      await expect.poll(health).toMatchObject({ mcp: { server: { name: OWN.server } }, cluster: { demo: true } })
      // This machine may run an Ollama.
      if (!(await health()).model.demo) return
      const { toolCalls } = await askJson(app.url, 'Show me all pods')
      expect(columnsOf(tableOf(toolCalls[0]?.result), ['STATUS']).flat()).toContain('CrashLoopBackOff')
    } finally {
      await app.stop()
    }
  })

  it('with a kubeconfig reads its cluster with our own MCP server', async () => {
    await expectPods({ OLLAMA_BASE_URL: replay.url, KUBECONFIG: cluster.kubeconfigPath }, OWN)
  })

  it('with the former MCP_SERVER_URL of kubernetes-mcp-server reads through it', async () => {
    await withServer(startKubernetesMcpServer({ kubeconfig: cluster.kubeconfigPath }), async ({ url }) => {
      await expectPods({ OLLAMA_BASE_URL: replay.url, MCP_SERVER_URL: url }, KUBERNETES_MCP_SERVER)
    })
  })

  it.skipIf(!hasKubectl())('with the former MCP_SERVER_URL of mcp-server-kubernetes reads through it', async () => {
    await withServer(startMcpServerKubernetes({ kubeconfig: cluster.kubeconfigPath }), async ({ port }) => {
      // A bare origin, as documented.
      await expectPods(
        { OLLAMA_BASE_URL: replay.url, MCP_SERVER_URL: `http://127.0.0.1:${port}` },
        MCP_SERVER_KUBERNETES,
      )
    })
  })
})
