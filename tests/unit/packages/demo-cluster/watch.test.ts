import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestCluster, TABLE, type TestCluster } from './client'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await startTestCluster()
})
afterAll(() => cluster.close())

const eventSchema = z.object({
  type: z.string(),
  object: z.looseObject({ kind: z.string(), metadata: z.looseObject({ annotations: z.unknown().optional() }) }),
})

/** All that a watch sends until its timeout of one second. */
async function watch(query: string, accept = 'application/json') {
  const path = `/api/v1/namespaces/shop/services?watch=true&timeoutSeconds=1${query}`
  const text = await (await fetch(`${cluster.url}${path}`, { headers: { accept } })).text()
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => eventSchema.parse(JSON.parse(line)))
}

describe.concurrent('watch', () => {
  it('sends the state to a client that has none', async () => {
    const events = await watch('')
    expect(events.map(({ type, object }) => `${type} ${object.kind}`)).toEqual(Array(3).fill('ADDED Service'))
  })

  it('is quiet for a client that has listed', async () => {
    expect(await watch('&resourceVersion=10000000')).toEqual([])
  })

  it('marks the end of the initial events', async () => {
    const events = await watch('&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true')
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'ADDED', 'ADDED', 'BOOKMARK'])
    expect(events.at(-1)?.object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' })
  })

  it('sends tables to a client that asked for them', async () => {
    const events = await watch('', TABLE)
    expect(new Set(events.map(({ object }) => object.kind))).toEqual(new Set(['Table']))
  })
})

it('sends additions, changes and deletions', async () => {
  const path = '/api/v1/namespaces/shop/configmaps'
  const response = await fetch(`${cluster.url}${path}?watch=true&resourceVersion=10000000`)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const until = async (type: string) => {
    while (!text.includes(`"type":"${type}"`)) text += (await reader?.read())?.value ?? ''
  }
  const body = (data: object) => ({ metadata: { name: 'watched' }, data })
  await cluster.write('POST', path, body({}))
  await until('ADDED')
  await cluster.write('PUT', `${path}/watched`, body({ a: 'b' }))
  await until('MODIFIED')
  await cluster.write('DELETE', `${path}/watched`)
  await until('DELETED')
  await reader?.cancel()
  const events = text.split('\n').filter(Boolean)
  expect(events.map((line) => eventSchema.parse(JSON.parse(line)).type)).toEqual(['ADDED', 'MODIFIED', 'DELETED'])
})
