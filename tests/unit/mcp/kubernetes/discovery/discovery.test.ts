import { afterEach, describe, expect, it } from 'vitest'
import { CachedDiscovery } from '../../../../../mcp/kubernetes/discovery/discovery'
import { KubeError } from '../../../../../mcp/kubernetes/errors/errors'
import { discovered, discovery, startApi, status } from '../../../../support/kube/api-server'
import type { Answer, TestApi } from '../../../../support/kube/api-server'

const signal = AbortSignal.timeout(10_000)
let api: TestApi | undefined

afterEach(async () => await api?.close())

const CORE = discovery([
  {
    group: '',
    version: 'v1',
    resources: [
      discovered('pods', 'Pod', { shortNames: ['po'] }),
      discovered('namespaces', 'Namespace', { scope: 'Cluster', shortNames: ['ns'] }),
      discovered('services', 'Service', { shortNames: ['svc'] }),
    ],
  },
])
const GROUPS = discovery([
  { group: 'apps', version: 'v1', resources: [discovered('deployments', 'Deployment', { shortNames: ['deploy'] })] },
  {
    group: 'networking.k8s.io',
    version: 'v1',
    resources: [discovered('ingresses', 'Ingress', { shortNames: ['ing'] })],
  },
  { group: 'traefik.io', version: 'v1alpha1', resources: [discovered('ingressroutes', 'IngressRoute')] },
  { group: 'traefik.containo.us', version: 'v1alpha1', resources: [discovered('ingressroutes', 'IngressRoute')] },
  {
    group: 'cert-manager.io',
    version: 'v1',
    resources: [discovered('certificates', 'Certificate', { shortNames: ['cert'] })],
  },
  { group: 'metrics.k8s.io', version: 'v1beta1', freshness: 'Stale', resources: [] },
])

const aggregated: Answer = ({ path }) => (path === '/api' ? CORE : path === '/apis' ? GROUPS : undefined)

async function open(answer: Answer): Promise<CachedDiscovery> {
  api = await startApi(answer)
  return new CachedDiscovery(api.client())
}

async function refusal(found: Promise<unknown>): Promise<string> {
  try {
    await found
  } catch (error) {
    if (error instanceof KubeError) return `${error.code}: ${error.message}`
    throw error
  }
  throw new Error('found')
}

describe('discovery', () => {
  it.each([
    ['pods', 'Pod'],
    ['po', 'Pod'],
    ['Pod', 'Pod'],
    ['PODS', 'Pod'],
    ['v1/Pod', 'Pod'],
    ['podes', 'Pod'],
    ['deployments.apps', 'Deployment'],
    ['deployments.v1.apps', 'Deployment'],
    ['apps/v1/Deployment', 'Deployment'],
    ['apps/v1, Kind=Deployment', 'Deployment'],
    ['ingress', 'Ingress'],
    ['ingresss', 'Ingress'],
    ['certificate.cert-manager.io', 'Certificate'],
    ['DeploymentList', 'Deployment'],
    // A version that was guessed, of a kind that only one group has.
    ['v1beta1/Certificate', 'Certificate'],
    ['extensions/v1beta1/Pod', undefined],
  ])('finds %s', async (name, kind) => {
    const found = await (await open(aggregated)).find(name, signal).catch(() => undefined)
    expect(found?.resource.kind).toBe(kind)
  })

  it('names the groups of a kind in a version that does not exist (coverage-6)', async () => {
    const found = await open(aggregated)
    const words = await refusal(found.find('v1/IngressRoute', signal))
    expect(words).toContain('There is no IngressRoute in v1.')
    expect(words).toContain('traefik.io/v1alpha1')
    expect(words).toContain('traefik.containo.us/v1alpha1')
  })

  it('tells which other groups have the kind', async () => {
    const { resource, alsoIn } = await (await open(aggregated)).find('ingressroutes', signal)
    expect([resource, ...alsoIn].map(({ group }) => group).sort()).toEqual(['traefik.containo.us', 'traefik.io'])
  })

  it('names near kinds for a mistyped one, and the APIs that do not answer', async () => {
    const words = await refusal((await open(aggregated)).find('deploymnts', signal))
    expect(words).toContain('Did you mean deployments')
    expect(words).toContain('metrics.k8s.io/v1beta1')
  })

  it('reads group by group from an API server without aggregated discovery', async () => {
    const found = await open(({ path }) => {
      if (path === '/api') return { body: { kind: 'APIVersions', versions: ['v1'] } }
      if (path === '/apis')
        return {
          body: {
            kind: 'APIGroupList',
            groups: [
              { name: 'apps', versions: [{ version: 'v1' }], preferredVersion: { version: 'v1' } },
              { name: 'broken.example.com', versions: [{ version: 'v1' }] },
            ],
          },
        }
      if (path === '/api/v1')
        return {
          body: {
            resources: [
              { name: 'pods', singularName: '', namespaced: true, kind: 'Pod', verbs: ['list'], shortNames: ['po'] },
              { name: 'pods/log', namespaced: true, kind: 'Pod', verbs: ['get'] },
            ],
          },
        }
      if (path === '/apis/apps/v1')
        return {
          body: {
            resources: [
              {
                name: 'deployments',
                singularName: 'deployment',
                namespaced: true,
                kind: 'Deployment',
                verbs: ['list'],
              },
            ],
          },
        }
      return status(503, 'ServiceUnavailable', 'the server is currently unable to handle the request')
    })
    expect((await found.find('po', signal)).resource.plural).toBe('pods')
    expect((await found.find('deployment', signal)).resource.group).toBe('apps')
    expect(await found.unreachable(signal)).toEqual(['broken.example.com/v1'])
  })

  it('reads discovery again for a kind that it does not know yet', async () => {
    let installed = false
    let clock = 0
    api = await startApi(({ path }) => {
      if (path === '/api') return CORE
      if (path !== '/apis') return undefined
      return installed ? GROUPS : discovery([])
    })
    const found = new CachedDiscovery(api.client(), () => clock)
    expect(await refusal(found.find('certificates', signal))).toContain('unknown-kind')
    installed = true
    clock = 3000
    expect((await found.find('certificates', signal)).resource.kind).toBe('Certificate')
  })
})
