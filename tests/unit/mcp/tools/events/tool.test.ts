import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { kubectlEvents } from '../../../../../mcp/tools/events'
import type { ToolArguments } from '../../../../../mcp/tools/tool'
import { toolDataSchema } from '../../../../../shared/result'
import { resultText } from '../../../../../shared/results/result-text'
import { discovered, discovery, startApi, status } from '../../../../support/kube/api-server'
import type { ApiAnswer, ApiRequest, TestApi } from '../../../../support/kube/api-server'

const NOW = Date.parse('2026-11-29T12:00:00Z')

const eventSchema = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  type: z.string(),
  involvedObject: z.looseObject({ kind: z.string(), name: z.string(), uid: z.string().optional() }).optional(),
})
type Event = z.infer<typeof eventSchema>

const fixture = z
  .object({ items: z.array(eventSchema) })
  .parse(parse(readFileSync(new URL('./list.yaml', import.meta.url), 'utf8')))

let api: TestApi | undefined
afterEach(async () => {
  await api?.close()
  api = undefined
})

const CORE = [
  discovered('pods', 'Pod', { shortNames: ['po'] }),
  discovered('events', 'Event', { shortNames: ['ev'] }),
  discovered('namespaces', 'Namespace', { scope: 'Cluster' }),
]
const APPS = [discovered('deployments', 'Deployment', { shortNames: ['deploy'] })]

/** Objects by path, and events that are selected as the API server does it. */
function answer({ path, query }: ApiRequest, events: Event[], objects: Record<string, object>): ApiAnswer | undefined {
  if (path === '/api') return discovery([{ group: '', version: 'v1', resources: CORE }])
  if (path === '/apis') return discovery([{ group: 'apps', version: 'v1', resources: APPS }])
  if (/^\/api\/v1\/namespaces\/(shop|staging)$/.test(path))
    return { body: { metadata: { name: path.split('/').at(-1) } } }
  const list = /^\/api\/v1(?:\/namespaces\/([a-z]+))?\/events$/.exec(path)
  if (!list) return objects[path] ? { body: objects[path] } : undefined
  const wanted = (query.get('fieldSelector') ?? '').split(',').filter(Boolean)
  const items = events.filter(
    (event) =>
      (list[1] === undefined || event.metadata.namespace === list[1]) &&
      wanted.every((selector) => {
        const [field, value] = selector.split('=')
        if (field === 'type') return event.type === value
        return event.involvedObject?.[field?.split('.')[1] ?? ''] === value
      }),
  )
  return { body: { kind: 'EventList', apiVersion: 'v1', metadata: {}, items } }
}

const pod = (namespace: string, name: string, uid = `uid-of-${name}`) => ({
  [`/api/v1/namespaces/${namespace}/pods/${name}`]: {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, uid },
  },
})

async function run(
  args: ToolArguments,
  events: Event[] = fixture.items,
  objects: Record<string, object> = pod('shop', 'web-0'),
) {
  api ??= await startApi((request) => answer(request, events, objects))
  const context = { cluster: api.cluster({ namespace: 'shop' }), signal: AbortSignal.timeout(15_000), now: () => NOW }
  const table = await kubectlEvents.run(args, context)
  if (table.kind !== 'table') throw new Error(table.kind)
  const column = (name: string) => table.rows.map((row) => row[table.columns.indexOf(name)])
  return { ...table, column }
}

describe('kubectl_events', () => {
  it('finds the one Warning of a pod among 12,000 events (events-1)', async () => {
    const backOffs = Array.from({ length: 12_000 }, (_, index) => ({
      metadata: { name: `api-${index}`, namespace: 'shop' },
      involvedObject: { apiVersion: 'v1', kind: 'Pod', name: `api-${index % 900}` },
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
      lastTimestamp: '2026-11-29T11:59:00Z',
      count: 3,
    }))
    const table = await run({ resource: 'pod', name: 'web-0', namespace: 'shop' }, [...backOffs, ...fixture.items])
    expect(table.rows).toHaveLength(1)
    const data = toolDataSchema.parse({
      ...table,
      cluster: { server: 'https://api', name: 'test' },
      asOf: '2026-11-29T12:00:00Z',
    })
    const text = resultText(data, { maxTokens: 1200 })
    expect(text).toContain('secret "web-tls" not found')
    expect(text).toContain('27')
  })

  it('leaves out a Deployment of the same name and a pod in another namespace (events-5)', async () => {
    const table = await run({ resource: 'po', name: 'web-0', namespace: 'shop' })
    expect(table.column('REASON')).toEqual(['FailedMount'])
    expect(table.column('OBJECT')).toEqual(['pod/web-0'])
  })

  it('leaves out an earlier pod of the same name and reports it (events-5)', async () => {
    const [, mount] = fixture.items
    if (!mount) throw new Error('the fixture is empty')
    const earlier = {
      ...mount,
      reason: 'Killing',
      involvedObject: { kind: 'Pod', name: 'web-0', uid: 'uid-of-the-first' },
    }
    const table = await run({ resource: 'pod', name: 'web-0', namespace: 'shop' }, [mount, earlier])
    expect(table.column('REASON')).toEqual(['FailedMount'])
    expect(table.coverage.notes).toMatchObject([{ code: 'events-of-earlier-object', params: { n: 1 } }])
  })

  it('says how long events are kept if there are none (events-6)', async () => {
    const table = await run({ resource: 'pod', name: 'quiet', namespace: 'shop' }, fixture.items, pod('shop', 'quiet'))
    expect(table.rows).toEqual([])
    expect(table.coverage.notes.map(({ text }) => text)).toEqual([
      'No events in the last hour; older ones are deleted by the cluster',
    ])
  })

  it('names the span that was asked for, and the selector', async () => {
    const table = await run({ namespace: 'shop', since: '1s' })
    expect(table.coverage.notes.at(-1)?.text).toBe('No events in the last 1s')
    const none = await run({ namespace: 'shop', fieldSelector: 'involvedObject.kind=Job' })
    expect(none.coverage.notes.at(-1)?.text).toMatch(/^No events that match involvedObject.kind=Job in the last hour/)
  })

  it('keeps what happened since a time', async () => {
    const table = await run({ namespace: 'shop', since: '2m' })
    expect(table.column('OBJECT')).toEqual(['pod/db-0', 'pod/cart-1'])
    expect(table.coverage).toMatchObject({ shown: 2, total: 2 })
  })

  it('reports the rows beyond a limit', async () => {
    const table = await run({ limit: 3 })
    expect(table.coverage).toMatchObject({ shown: 3, total: 7 })
    expect(table.columns[0]).toBe('NAMESPACE')
    expect(table.counts?.[0]).toEqual({
      by: 'type',
      values: [
        ['Warning', 6],
        ['Normal', 1],
      ],
    })
  })

  it('shows the events of an object that was deleted, with a note', async () => {
    const table = await run({ resource: 'pod', name: 'cart-1', namespace: 'shop' })
    expect(table.column('COUNT')).toEqual(['17'])
    expect(table.coverage.notes).toMatchObject([{ code: 'events-of-deleted-object' }])
  })

  it('reports an object that neither exists nor has events', async () => {
    await expect(run({ resource: 'pod', name: 'web-1', namespace: 'shop' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('shows events of an object that may not be read itself', async () => {
    api = await startApi((request) =>
      request.path.endsWith('/pods/web-0')
        ? status(403, 'Forbidden', 'pods "web-0" is forbidden: User "dev" cannot get resource "pods" in API group ""')
        : answer(request, fixture.items, {}),
    )
    const table = await run({ resource: 'pod', name: 'web-0', namespace: 'shop' })
    expect(table.column('REASON')).toEqual(['FailedMount'])
  })
})
