/** Hostile requests and approvals against the built server, on a cluster that counts changes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APPROVALS } from '../../hostile/approvals'
import { Report } from '../../hostile/report'
import { REQUESTS, SOCKETS } from '../../hostile/requests'
import { postChat } from '../../support/approvals'
import type { ChatAnswer } from '../../../shared/chat/answer'
import { isWell, startHostileRig } from '../../support/hostile'
import type { HostileRig } from '../../support/hostile'
import { rawRequest } from '../../support/http'
import { answer } from '../../support/ollama'
import { proxied, proxyLogin } from '../../support/proxy-login'
import { openSocket } from '../../support/socket'

const report = new Report()
afterAll(() => report.print('Requests and approvals on the built server'))

/** After a signal, the server's clocks run 11 minutes fast. */
const CLOCK = `
  let fast = 0
  for (const clock of [Date, performance]) {
    const now = clock.now.bind(clock)
    clock.now = () => now() + fast
  }
  process.on('SIGUSR2', () => {
    fast = 11 * 60 * 1000
    process._rawDebug('fast')
  })`

describe('requests', () => {
  let rig: HostileRig
  beforeAll(async () => {
    rig = await startHostileRig('kubernetes-mcp-server')
  })
  afterAll(() => rig?.stop())

  it.each(REQUESTS)('$id $tried', async (hostile) => {
    rig.replay.dropQueue()
    rig.replay.onRequest(() => answer.text('Hello.'))
    const { status, body, headers } = await rawRequest(rig.app.url, hostile.request)
    report.add(hostile, `${status}`)
    expect(hostile.gets).toContain(status)
    expect(body).not.toMatch(/root:x:0:0/)
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers['x-request-id'] ?? '').not.toContain('<')
    expect(rig.mutations()).toEqual([])
    expect(await isWell(rig)).toBe(true)
  })

  it.each(SOCKETS)('$id $tried', async (hostile) => {
    const opened = openSocket(rig.app.url, { headers: hostile.headers ?? {} })
    if (hostile.headers) {
      await expect(opened).rejects.toThrow('403')
      report.add(hostile, '403')
    } else {
      const socket = await opened
      socket.sendText(hostile.text ?? '')
      const got = await socket.next().then(
        ({ type, error }) => `${type}: ${error?.code ?? ''}`,
        () => 'closed',
      )
      report.add(hostile, got)
      expect(got).toMatch(/^(?:refused: |closed)/)
      socket.close()
    }
    expect(await isWell(rig)).toBe(true)
  })

  it('logs no error of its own for any of them', () => {
    expect(rig.app.logs().filter((line) => /"level":"(?:error|fatal)"/.test(line))).toEqual([])
  })
})

describe('approvals', () => {
  let rig: HostileRig
  const env = {
    ...proxyLogin,
    AUTH_PROXY_PEERS: '127.0.0.1',
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(CLOCK)}`,
  }
  const start = async () => {
    rig = await startHostileRig('own', env)
  }
  beforeAll(start)
  afterAll(() => rig?.stop())

  const headersOf = (user: string) => proxied(user)
  const scale = (name: string, replicas: number): [string, object] => [
    'kubectl_scale',
    { namespace: 'shop', name, replicas },
  ]
  let count = 0

  it.each(APPROVALS)('$id $tried', async (hostile) => {
    const { bodies, cards = 1, user = 'ada', changes = 0, before } = hostile
    const conversation = `conversation-${++count}`
    const { replay } = rig
    replay.dropQueue()
    replay.enqueue(
      cards === 1
        ? answer.toolCall(...scale('web', 10 + count))
        : answer.toolCall(...scale('web', 10 + count)).toolCall(...scale('cart', 10 + count)),
    )
    const asked = await postChat(rig.app.url, 'What is wrong?', { id: conversation, headers: headersOf('ada') })
    expect(asked.approvals).toHaveLength(cards)
    const earlier = rig.mutations().length
    expect(rig.mutations()).toHaveLength(earlier)

    if (before === 'restart') await rig.restart()
    if (before === 'later') {
      process.kill(rig.app.pid, 'SIGUSR2')
      await expect.poll(() => rig.app.logs().some((line) => line === 'fast')).toBe(true)
    }
    replay.onRequest(() => answer.text('Done.'))
    const own = { user: 'ada', conversation, pending: asked.approvals ?? [] }
    const answers = await Promise.all(bodies(own).map((body) => post(body, user)))
    const changed = rig.mutations().slice(earlier)
    report.add(hostile, [...new Set(answers)].join('; '))
    expect(changed.length, changed.join()).toBe(changes)
    // The executed request is the signed one.
    for (const each of changed) expect(each).toContain('/namespaces/shop/deployments/web')
    expect((await fetch(`${rig.app.url}/health`)).status).toBe(200)
    if (before === 'later') await rig.restart()
  })

  async function post(body: object, user: string): Promise<string> {
    const { status, body: text } = await rawRequest(rig.app.url, {
      method: 'POST',
      path: '/api/chat',
      headers: { accept: 'application/json', ...headersOf(user) },
      body: JSON.stringify(body),
    })
    if (status !== 200) return `${status}`
    const { toolCalls, finishReason }: ChatAnswer = JSON.parse(text)
    return toolCalls[0]?.status ?? finishReason
  }
})
