import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { McpSession } from '../../../../server/mcp/session/session'
import { createToolbox } from '../../../../server/mcp/toolbox/toolbox'
import { seeded, startCuttingProxy } from './cutting-proxy'
import type { CuttingProxy } from './cutting-proxy'
import { startSseServer } from './sse-server'
import type { SseServer } from './sse-server'
import { serverTool } from '../../../support/brands'

// A busy machine takes its time.
vi.setConfig({ expect: { poll: { timeout: 10_000 } } })

const CUTS = 50
const signal = new AbortController().signal
const silent = () => undefined
const log = { info: silent, warn: silent, debug: silent }

let server: SseServer
let proxy: CuttingProxy
let session: McpSession
afterEach(async () => {
  await session.close()
  await proxy.close()
  await server.close()
})

async function open(token?: string) {
  server = await startSseServer(token === undefined ? {} : { token })
  proxy = await startCuttingProxy(server.port)
  const url = new URL(`http://127.0.0.1:${proxy.port}/sse`)
  const endpoint = { transport: 'sse', url, ...(token !== undefined && { authToken: token }) } as const
  session = new McpSession({ endpoint, log, clientInfo: { name: 'test', version: '1' } })
  const toolbox = createToolbox(session, new Set())
  session.start()
  await session.untilReady(signal)
  return (call: string, ms: number, size = 0) =>
    toolbox.call(serverTool('count'), { call, ms, size }, { signal, mutates: true })
}

describe('the SSE recovery with our own server', () => {
  it.each([
    { seed: 1, token: undefined },
    { seed: 2, token: 'secret' },
  ])(`loses no result and runs nothing twice when ${CUTS} streams are cut in mid-call (seed $seed)`, async (run) => {
    const random = seeded(run.seed)
    const count = await open(run.token)
    const names: string[] = []
    for (let round = 0; proxy.cuts() < CUTS; round++) {
      const before = proxy.cuts()
      let pending = 0
      const calls = Array.from({ length: 3 }, async (_, index) => {
        const name = `call-${round}-${index}`
        names.push(name)
        pending++
        const result = await count(name, random() * 40, Math.floor(random() * 200_000))
        pending--
        return { name, result }
      })
      if (random() < 0.5) proxy.cutAfter(Math.floor(random() * 100_000))
      else await delay(random() * 40)
      if (pending > 0 && proxy.cuts() === before) proxy.cut()
      for (const { name, result } of await Promise.all(calls)) {
        expect(result).toMatchObject({ isError: false })
        expect(result.texts[0]?.split(' ')[0]).toBe(name)
      }
    }
    expect(names.map((name) => server.runs.get(name))).toEqual(names.map(() => 1))
    expect(session.status()).toMatchObject({ state: 'ready', sessions: 1 })
    expect(server.sessions()).toBe(1)
  })

  it('opens a new session when the server does not know the old one any more', async () => {
    const count = await open()
    const { port } = server
    await server.close()
    server = await startSseServer({ port })
    await expect.poll(() => session.status()).toMatchObject({ state: 'ready', sessions: 2 })
    expect(await count('after', 0)).toMatchObject({ isError: false })
  })

  it('reports a write as of unknown outcome when the server ended under it', async () => {
    const count = await open()
    const write = count('write', 60_000)
    await expect.poll(() => server.runs.get('write')).toBe(1)
    const { port } = server
    await server.close()
    server = await startSseServer({ port })
    expect(await write).toMatchObject({ outcomeUnknown: true })
    expect(server.runs.get('write')).toBeUndefined()
  })
})
