import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCluster, type TestCluster } from './client'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await startTestCluster()
})
afterAll(() => cluster.close())

const appOf = (name: string) => name.replace(/^[^/]+\//, '').replace(/-[^-]+-[^-]+$/, '')

describe('scope', () => {
  it('lists across namespaces, by namespace and name', async () => {
    const names = await cluster.names('/api/v1/pods')
    expect(names.length).toBeGreaterThanOrEqual(20)
    expect(names).toEqual([...names].sort())
    expect(new Set(names.map((name) => name.split('/')[0]))).toEqual(
      new Set(['kube-system', 'monitoring', 'payments', 'shop']),
    )
  })

  it('lists one namespace, and nothing in one that is not there', async () => {
    const names = await cluster.names('/api/v1/namespaces/shop/pods')
    expect(names.map(appOf).sort()).toEqual(['cart', 'cart', 'redis', 'web', 'web', 'web'])
    expect(await cluster.names('/api/v1/namespaces/nowhere/pods')).toEqual([])
  })

  it('names kind and version in the list and not in its items', async () => {
    const list = await cluster.list('/apis/apps/v1/deployments')
    expect(list).toMatchObject({ kind: 'DeploymentList', apiVersion: 'apps/v1' })
    expect(list.items.filter(({ kind, apiVersion }) => kind ?? apiVersion)).toEqual([])
  })

  it('pages by limit and continue, each object once', async () => {
    const all = await cluster.names('/api/v1/pods')
    const paged: string[] = []
    let token: string | undefined
    do {
      const query: string = token ? `&continue=${token}` : ''
      const page = await cluster.list(`/api/v1/pods?limit=7${query}`)
      expect(page.items.length).toBeLessThanOrEqual(7)
      paged.push(...page.items.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`))
      token = page.metadata.continue
    } while (token)
    expect(paged).toEqual(all)
  })
})

describe('labelSelector', () => {
  const apps = async (selector: string) => {
    const names = await cluster.names(`/api/v1/namespaces/shop/pods?labelSelector=${encodeURIComponent(selector)}`)
    return [...new Set(names.map(appOf))].join(' ')
  }
  it.each([
    ['app=web', 'web'],
    ['app==web', 'web'],
    ['app!=web', 'cart redis'],
    ['app in (web, cart)', 'cart web'],
    ['app notin (web,cart)', 'redis'],
    ['app', 'cart redis web'],
    ['!app', ''],
    ['app in (web,cart),app!=cart', 'web'],
    ['nothing!=x', 'cart redis web'],
    ['nothing=', ''],
  ])('%s', async (selector, expected) => {
    expect(await apps(selector)).toBe(expected)
  })

  it('refuses an invalid selector', async () => {
    const status = await cluster.refusal(`/api/v1/pods?labelSelector=${encodeURIComponent('a=b=c')}`)
    expect(status).toMatchObject({ code: 400, reason: 'BadRequest' })
    expect(status.message).toContain('unable to parse requirement')
  })
})

describe('fieldSelector', () => {
  const select = (path: string, selector: string) =>
    cluster.names(`${path}?fieldSelector=${encodeURIComponent(selector)}`)

  it('selects by name and namespace', async () => {
    expect(await select('/api/v1/services', 'metadata.name=redis')).toEqual(['shop/redis'])
    expect(await select('/api/v1/services', 'metadata.namespace=payments')).toEqual(['payments/api', 'payments/ledger'])
  })

  it('selects pods by phase and node', async () => {
    const pending = await select('/api/v1/pods', 'status.phase=Pending')
    expect(pending.map(appOf).sort()).toEqual(['api', 'api', 'reports'])
    const elsewhere = await select('/api/v1/namespaces/shop/pods', 'spec.nodeName!=demo-worker-1')
    const here = await select('/api/v1/namespaces/shop/pods', 'spec.nodeName=demo-worker-1')
    expect(here.length).toBe(3)
    expect([...here, ...elsewhere].sort()).toEqual(await cluster.names('/api/v1/namespaces/shop/pods'))
  })

  it('selects the events of one object, in both groups', async () => {
    const [pod = ''] = await select('/api/v1/pods', 'status.phase=Pending')
    const name = pod.split('/')[1] ?? ''
    const old = await select('/api/v1/events', `involvedObject.kind=Pod,involvedObject.name=${name}`)
    const recent = await select('/apis/events.k8s.io/v1/events', `regarding.kind=Pod,regarding.name=${name}`)
    expect(old.length).toBeGreaterThan(0)
    expect(old.every((each) => each.includes(name))).toBe(true)
    expect(recent).toEqual(old)
  })

  it('refuses a field that the kind does not have', async () => {
    const status = await cluster.refusal('/api/v1/services?fieldSelector=status.phase%3DRunning')
    expect(status).toMatchObject({ code: 400, message: 'field label not supported: status.phase' })
  })
})
