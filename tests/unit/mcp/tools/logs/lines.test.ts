import { describe, expect, it } from 'vitest'
import { kubectlLogs } from '../../../../../mcp/tools/logs'
import { logText } from '../../../../../shared/results/log-text'
import { estimateTokens } from '../../../../../shared/results/tokens'
import { CRASH_LOOP, crashed, lines, openedPodApi, pod, RUNNING, sentences } from './pod-api'

const open = openedPodApi()

describe('which pod', () => {
  const owned = (name: string, state: object, created: string) =>
    pod(
      name,
      { app: state },
      {
        metadata: {
          creationTimestamp: created,
          ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-75c7fd6968', controller: true }],
        },
      },
    )
  const deployments = [
    { metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { matchLabels: { app: 'web' } } } },
    { metadata: { name: 'idle', namespace: 'shop' }, spec: { selector: { matchLabels: { app: 'idle' } } } },
  ]
  const pods = [
    owned('web-1', RUNNING, '2026-11-29T10:00:00Z'),
    owned('web-2', CRASH_LOOP, '2026-11-29T09:00:00Z'),
    owned('web-3', RUNNING, '2026-11-29T11:00:00Z'),
  ]
  const logs = { 'web-2': { app: lines(['ERROR boom']) } }

  it.each([
    { name: 'deploy/web' },
    { resource: 'deployments', name: 'web' },
    { resource: 'deploy/web' },
    { name: 'web' },
    { resource: 'web' },
  ])('finds the failing pod of a workload: %j', async (args) => {
    const { read } = await open(pods, logs, { deployments })
    const log = await read({ ...args, namespace: 'shop' })
    expect(log.pod).toBe('web-2')
    expect(sentences(log)).toContain(
      'Deployment web has 3 pods; this one: web-2 (CrashLoopBackOff). Others: web-3 (Running), web-1 (Running).',
    )
  })

  it('finds the pods of a Service', async () => {
    const services = [{ metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' } } }]
    const { read } = await open(pods, logs, { services })
    expect((await read({ name: 'svc/web', namespace: 'shop' })).pod).toBe('web-2')
  })

  it('answers for a workload without pods', async () => {
    const { run } = await open(pods, logs, { deployments })
    expect(await run({ name: 'deploy/idle', namespace: 'shop' })).toMatchObject({
      kind: 'text',
      code: 'no-pods',
      text: 'Deployment idle has no pods.',
    })
  })

  it('explains which kinds have logs', async () => {
    const { run } = await open(pods, logs, { configmaps: [{ metadata: { name: 'web', namespace: 'shop' } }] })
    await expect(run({ name: 'cm/web', namespace: 'shop' })).rejects.toMatchObject({ code: 'invalid-arguments' })
    await expect(run({})).rejects.toMatchObject({ message: 'Name a pod or a workload, for example deploy/web.' })
  })
})

describe('how much is read', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => `INFO request ${at + 1} done`)
  const web = pod('web', { app: RUNNING })

  it('reads the last lines of a long log and says that older ones exist (large-6)', async () => {
    const { read, logRequests } = await open([web], { web: { app: lines(many(20_000), '2026-11-29T14:00:00Z', 10) } })
    const log = await read({ name: 'web', namespace: 'shop' })
    expect(log.coverage).toMatchObject({ shown: 200, complete: false })
    expect(log.coverage?.total).toBeUndefined()
    expect(log.text.split('\n').at(-1)).toBe('INFO request 20000 done')
    expect(logText(log, { maxTokens: 600 })).toMatch(
      /The last 200 lines, from .* UTC; older lines exist and were not read\./,
    )
    expect(logRequests()[0]?.get('tailLines')).toBe('201')
  })

  it('says that all is read if it is', async () => {
    const { read } = await open([web], { web: { app: lines(many(200)) } })
    const log = await read({ name: 'web', namespace: 'shop' })
    expect(log.coverage).toMatchObject({ shown: 200, total: 200, complete: true })
    expect(sentences(log)).toBe('All 200 lines, from 2026-11-29 14:00:00 to 14:03:19 UTC.')
  })

  it('reads as many lines as were asked for', async () => {
    const { read } = await open([web], { web: { app: lines(many(50)) } })
    expect((await read({ name: 'web', namespace: 'shop', limit: 3 })).text).toBe(many(50).slice(-3).join('\n'))
  })

  it('finds an error far back in 200,000 lines, and says how much was searched (logs-8)', async () => {
    const texts = many(200_000)
    texts[39_999] = 'tls: failed to verify: x509: certificate has expired'
    const { read } = await open([web], { web: { app: lines(texts, '2026-11-29T12:00:00Z', 50) } })
    for (const search of ['certificate has expired', 'Certificate error', 'expired|revoked']) {
      const log = await read({ name: 'web', namespace: 'shop', search })
      expect(log.text).toContain('certificate has expired')
      expect(log.coverage).toMatchObject({ total: 200_000, complete: true })
      const text = logText(log, { maxTokens: 600 })
      expect(text).toContain('Searched all 200,000 lines that the node keeps')
      expect(text).toContain('is in 1 line (line 40,000)')
      expect(text).toContain('certificate has expired')
      expect(estimateTokens(text)).toBeLessThan(300)
    }
  })

  it('says that nothing was found, in how much', async () => {
    const { read } = await open([web], { web: { app: lines(many(1_000)) } })
    const log = await read({ name: 'web', namespace: 'shop', search: 'x509' })
    expect(log.text).toBe('')
    expect(logText(log)).toContain('Searched all 1,000 lines')
    expect(logText(log)).toContain('No line contains "x509".')
  })

  it('searches the previous run as well if the current one has no match', async () => {
    const app = { restartCount: 1, state: RUNNING, lastState: crashed() }
    const { read } = await open([pod('web', { app })], {
      web: { app: lines(many(5)), 'app/previous': lines(['x509: unknown authority']) },
    })
    const log = await read({ name: 'web', namespace: 'shop', search: 'x509' })
    expect(log.text).toContain('=== previous run')
    expect(log.text).toContain('x509: unknown authority')
  })

  it('reports a log that breaks off (broken stream)', async () => {
    const { read } = await open([web], {
      web: {
        app: (response) => {
          response.writeHead(200, { 'content-length': '100000' })
          response.write('2026-11-29T14:00:00Z one\n2026-11-29T14:00:01Z two\n', () => response.destroy())
        },
      },
    })
    const log = await read({ name: 'web', namespace: 'shop' })
    expect(log.text).toBe('one\ntwo')
    expect(log.coverage?.complete).toBe(false)
    expect(sentences(log)).not.toContain('All ')
    expect(sentences(log)).toContain('The log broke off after 2 lines: the connection ended early.')
  })

  it('stops at once if the caller stops', async () => {
    const stop = new AbortController()
    const { run } = await open([web], {
      web: {
        app: (response) => {
          response.write('2026-11-29T14:00:00Z one\n', () => stop.abort(new Error('stopped')))
        },
      },
    })
    await expect(run({ name: 'web', namespace: 'shop' }, stop.signal)).rejects.toThrow('stopped')
  })
})

describe('times (logs-9)', () => {
  const web = pod('web', { app: RUNNING })
  // The container's clock is in Hanoi, but its lines do not name the zone.
  const hanoi = lines(
    Array.from({ length: 600 }, (_, at) => `request ${at}`),
    '2026-11-29T14:00:00Z',
  ).map(({ time, text }) => ({
    time,
    text: `${new Date(Date.parse(time) + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} ${text}`,
  }))

  it('reads around a time, and names its zone and that of the log', async () => {
    const { read } = await open([web], { web: { app: hanoi } })
    const log = await read({ name: 'web', namespace: 'shop', around: '14:02', limit: 10 })
    expect(log.text.split('\n')[4]).toBe('2026-11-29 21:01:59 request 119')
    expect(log.text.split('\n')[5]).toBe('2026-11-29 21:02:00 request 120')
    expect(sentences(log)).toContain('The time was read as UTC: 2026-11-29 14:02:00 UTC.')
    expect(sentences(log)).toContain('The clock in the lines is UTC+07:00.')
  })

  it('reads a time with its zone', async () => {
    const { read } = await open([web], { web: { app: hanoi } })
    const log = await read({ name: 'web', namespace: 'shop', around: '21:02+07:00', limit: 2 })
    expect(log.text).toContain('request 120')
    expect(sentences(log)).not.toContain('read as UTC')
  })

  it("puts the node's time in front of lines that have none", async () => {
    const { read } = await open([web], { web: { app: lines(['one', 'two']) } })
    expect((await read({ name: 'web', namespace: 'shop', since: '2h' })).text).toBe('14:00:00Z one\n14:00:01Z two')
    expect((await read({ name: 'web', namespace: 'shop' })).text).toBe('one\ntwo')
  })

  it('says when the last line was if there is none in that time', async () => {
    const { read } = await open([web], { web: { app: lines(['one', 'two']) } })
    expect(sentences(await read({ name: 'web', namespace: 'shop', since: '10m' }))).toBe(
      'No line since 2026-11-29 14:50:00 UTC. The last line is of 2026-11-29 14:00:01 UTC.',
    )
    expect(sentences(await read({ name: 'web', namespace: 'shop', around: '2026-11-29T13:00:00Z' }))).toBe(
      'No line from 2026-11-29 12:55:00 to 13:05:00 UTC. The next line is of 2026-11-29 14:00:00 UTC.',
    )
  })

  it('refuses an invalid time before it calls the cluster', async () => {
    const { run, api } = await open([web], {})
    await expect(run({ name: 'web', since: 'yesterday' })).rejects.toMatchObject({ code: 'invalid-arguments' })
    expect(api.requests).toEqual([])
  })
})

it('costs the model few tokens as a schema', () => {
  const { name, description, properties } = kubectlLogs
  expect(estimateTokens(JSON.stringify({ name, description, properties }))).toBeLessThan(130)
})
