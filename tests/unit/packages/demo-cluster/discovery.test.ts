import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestCluster, type TestCluster } from './client'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await startTestCluster()
})
afterAll(() => cluster.close())

const json = async (path: string, accept = 'application/json'): Promise<unknown> =>
  (await fetch(`${cluster.url}${path}`, { headers: { accept } })).json()

const groupsSchema = z.object({
  kind: z.literal('APIGroupList'),
  groups: z.array(z.object({ name: z.string(), versions: z.array(z.object({ groupVersion: z.string() })) })),
})
const resourcesSchema = z.object({
  kind: z.literal('APIResourceList'),
  groupVersion: z.string(),
  resources: z.array(z.object({ name: z.string(), verbs: z.array(z.string()) })),
})

describe('discovery', () => {
  it('answers in the plain form also to clients that ask for the aggregated one first', async () => {
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json'
    expect(await json('/api', accept)).toMatchObject({ kind: 'APIVersions', versions: ['v1'] })
    expect(await json('/apis', accept)).toMatchObject({ kind: 'APIGroupList' })
  })

  it('can list every kind that it names', async () => {
    const { groups } = groupsSchema.parse(await json('/apis'))
    const roots = [
      '/api/v1',
      ...groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => `/apis/${groupVersion}`)),
    ]
    expect(roots).toEqual(expect.arrayContaining(['/apis/apps/v1', '/apis/batch/v1', '/apis/events.k8s.io/v1']))
    for (const root of roots) {
      const { resources } = resourcesSchema.parse(await json(root))
      for (const { name, verbs } of resources) {
        if (/auth(?:entic|oriz)ation/.test(root)) continue
        if (name.includes('/')) continue
        expect(verbs).toEqual(expect.arrayContaining(['get', 'list', 'watch']))
        expect((await cluster.list(`${root}/${name}`)).items).toBeInstanceOf(Array)
      }
    }
  })

  it('offers to write what can be written, and no more', async () => {
    const { resources } = resourcesSchema.parse(await json('/api/v1'))
    const verbs = (name: string) => resources.find((each) => each.name === name)?.verbs.join(' ')
    expect(verbs('configmaps')).toBe('create delete deletecollection get list patch update watch')
    expect(verbs('nodes')).toBe('create get list patch update watch')
    expect(verbs('endpoints')).toBe('get list watch')
  })

  it('says its version, and that it is a demo', async () => {
    expect(await json('/version')).toMatchObject({ major: '1', minor: '33', gitVersion: 'v1.33.1+demo' })
  })

  it.each(['/healthz', '/livez', '/readyz', '/readyz/ping'])('%s is ok', async (path) => {
    expect(await cluster.text(path)).toBe('ok')
  })

  it('describes each group in OpenAPI v3', async () => {
    const { paths } = z
      .object({ paths: z.record(z.string(), z.object({ serverRelativeURL: z.string() })) })
      .parse(await json('/openapi/v3'))
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['api/v1', 'apis/apps/v1']))
    for (const { serverRelativeURL } of Object.values(paths)) {
      expect(await json(serverRelativeURL)).toMatchObject({ openapi: '3.0.0' })
    }
  })
})
