import { execFile } from 'node:child_process'
import { request } from 'node:http'
import type { Duplex } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { askSse, readSse } from '../../support/chat'
import { answer, createGate, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'

let replay: ReplayServer
let app: App | undefined

beforeEach(async () => {
  replay = await startReplayServer()
})
afterEach(async () => {
  if (app) kill(app.pid, 'SIGKILL')
  await app?.ended
  await replay.close()
})

async function start(env = {}): Promise<App> {
  app = await startApp({ OLLAMA_BASE_URL: replay.url, ...env })
  return app
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has already ended.
  }
}

/** The running processes; a terminated one counts as ended before its parent has reaped it. */
async function alive(pids: number[]): Promise<number[]> {
  const lines = await output('ps', ['-A', '-o', 'pid=,stat='])
  const running = lines.map((line) => line.trim().split(/\s+/)).filter(([, state]) => !state?.startsWith('Z'))
  return pids.filter((pid) => running.some(([id]) => Number(id) === pid))
}

function output(command: string, args: string[]): Promise<string[]> {
  return new Promise((resolve) => {
    execFile(command, args, (_, stdout) => resolve(stdout.split('\n').filter(Boolean)))
  })
}

/** A WebSocket that sends no message. */
function upgrade(url: string): Promise<Duplex> {
  const handshake = { 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', 'sec-websocket-version': '13' }
  const asked = request(url, { headers: { connection: 'Upgrade', upgrade: 'websocket', ...handshake } })
  asked.end()
  return new Promise((resolve, reject) => {
    asked.once('upgrade', (_, socket) => {
      socket.on('error', () => undefined)
      resolve(socket)
    })
    asked.once('error', reject)
  })
}

async function children(pid: number): Promise<number[]> {
  return (await output('pgrep', ['-P', String(pid)])).map(Number)
}

async function childrenOf(running: App): Promise<number[]> {
  await expect.poll(() => children(running.pid)).not.toEqual([])
  return await children(running.pid)
}

/** A question whose answer has started and is held. */
async function halfAnswered(running: App) {
  const gate = createGate()
  replay.enqueue(answer.text('Half').hold(gate).text(' and whole.'))
  const chunks = readSse(await askSse(running.url, 'hello'))
  while ((await chunks.next()).value?.type !== 'text-delta');
  return { chunks, gate }
}

describe('SIGTERM', () => {
  it('lets a turn come to its end, tells it, refuses new ones, and leaves no child', async () => {
    const running = await start()
    const idle = await childrenOf(running)
    const { chunks, gate } = await halfAnswered(running)
    kill(running.pid, 'SIGTERM')
    await expect.poll(async () => (await fetch(`${running.url}/ready`)).status).toBe(503)
    const refused = await askSse(running.url, 'one more')
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({ error: { code: 'stopping', message: expect.any(String) } })
    gate.release()
    const rest = await Array.fromAsync(chunks)
    const notices = rest.filter(({ type }) => type === 'message-metadata')
    expect(JSON.stringify(notices)).toContain('The server is being stopped')
    expect(rest.map(({ delta }) => delta).join('')).toContain(' and whole.')
    expect(rest.at(-1)).toMatchObject({ type: 'finish', finishReason: 'stop' })
    expect(await running.ended).toMatchObject({ code: 0 })
    await expect.poll(() => alive(idle)).toEqual([])
  })

  it('ends a turn after the grace, with words, and the model is let go', async () => {
    const running = await start({ SHUTDOWN_GRACE_SECONDS: '1' })
    const { chunks } = await halfAnswered(running)
    const asking = replay.requests.findLast(({ path }) => path === '/v1/chat/completions')
    kill(running.pid, 'SIGTERM')
    const rest = await Array.fromAsync(chunks)
    expect(rest.find(({ type }) => type === 'error')).toMatchObject({ errorText: expect.stringContaining('stopped') })
    expect((await asking?.closed)?.complete).toBe(false)
    expect(await running.ended).toMatchObject({ code: 0 })
  })

  it('is not held up by a socket whose client does not answer', async () => {
    const running = await start()
    const silent = await upgrade(`${running.url}/api/ws`)
    kill(running.pid, 'SIGTERM')
    expect(await running.ended).toMatchObject({ code: 0 })
    silent.destroy()
  })

  it('ends at once if nothing runs', async () => {
    const running = await start()
    kill(running.pid, 'SIGTERM')
    expect(await running.ended).toMatchObject({ code: 0 })
  })
})

describe('Ctrl-C', () => {
  it('does not wait for the turns', async () => {
    const running = await start()
    const { chunks } = await halfAnswered(running)
    kill(running.pid, 'SIGINT')
    expect((await Array.fromAsync(chunks)).find(({ type }) => type === 'error')).toBeDefined()
    expect(await running.ended).toMatchObject({ code: 0 })
  })
})

describe('kill -9', () => {
  it('leaves no idle child for longer than 2 s', async () => {
    const running = await start()
    const idle = await childrenOf(running)
    kill(running.pid, 'SIGKILL')
    await expect.poll(() => alive(idle), { timeout: 2000 }).toEqual([])
  })
})
