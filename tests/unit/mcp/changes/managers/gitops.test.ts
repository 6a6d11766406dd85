/** What Argo CD, Flux, Fleet and Helm do to a change, by the settings that can be read. */
import { afterEach, describe, expect, it } from 'vitest'
import { managersOf } from '../../../../../mcp/changes/managers'
import type { KubeObject } from '../../../../../mcp/kubernetes/types'
import type { TestApi } from '../../../../support/kube/api-server'
import { startFakeObjects } from '../../../../support/kube/fake-objects'
import type { FakeKind } from '../../../../support/kube/fake-objects'
import { deleteOf, patchOf, resourceOf, scaleOf } from '../../../../support/mcp/operations'

const signal = AbortSignal.timeout(20_000)
const DEPLOYMENT = resourceOf('Deployment')
let api: TestApi | undefined

afterEach(async () => {
  await api?.close()
  api = undefined
})

const deployment = (own: Partial<KubeObject['metadata']>): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', uid: 'u1', ...own },
  spec: { replicas: 2, template: { spec: { containers: [{ name: 'main', image: 'nginx:1' }] } } },
})

async function texts(kinds: FakeKind[], operation: Parameters<typeof managersOf>[0]): Promise<string[]> {
  api = await startFakeObjects(kinds)
  return (await managersOf(operation, api.cluster(), signal)).map(({ text }) => text)
}

describe('Argo CD', () => {
  const live = deployment({
    annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/web' },
  })
  const application = (syncPolicy: unknown): FakeKind => ({
    group: 'argoproj.io',
    version: 'v1alpha1',
    kind: 'Application',
    plural: 'applications',
    items: [
      {
        metadata: { name: 'shop', namespace: 'argocd' },
        spec: { syncPolicy, source: { repoURL: 'https://bot:secret@git.example.com/shop.git', path: 'apps/web' } },
      },
    ],
  })

  it.for([
    [{ automated: { selfHeal: true } }, 'it will be reverted within seconds, since self-heal is on.'],
    [{ automated: {} }, 'it will be reverted at the next sync.'],
    [{ automated: { enabled: false, selfHeal: true } }, 'it will be reverted when a person syncs the application.'],
    [undefined, 'it will be reverted when a person syncs the application.'],
  ] as const)('tells when it reverts with the sync policy %j (writes-20)', async ([policy, text]) => {
    const found = await texts([application(policy)], scaleOf(DEPLOYMENT, live, 5))
    expect(found).toEqual([
      `Managed by Argo CD application shop: ${text}`,
      'The lasting change belongs in https://git.example.com/shop.git, path apps/web.',
    ])
  })

  it('reports that a deleted object is created again, and where to remove it', async () => {
    const found = await texts([application({ automated: { selfHeal: true } })], deleteOf(DEPLOYMENT, live))
    expect(found).toEqual([
      'Managed by Argo CD application shop: it will be created again within seconds, since self-heal is on.',
      'To remove it for good, remove it from https://git.example.com/shop.git, path apps/web.',
    ])
  })

  it('names the application if it may not be read', async () => {
    const found = await texts([{ ...application({}), forbidden: true }], scaleOf(DEPLOYMENT, live, 5))
    expect(found[0]).toBe('Managed by Argo CD application shop: it will be reverted at the next sync.')
    expect(found[1]).toBe('The lasting change belongs in the Git source of Argo CD application shop.')
  })

  it('reads the name of an application in another namespace', async () => {
    const tracked = { 'argocd.argoproj.io/tracking-id': 'team-a_shop:apps/Deployment:shop/web' }
    const found = await texts([], scaleOf(DEPLOYMENT, deployment({ annotations: tracked }), 5))
    expect(found[0]).toContain('Argo CD application shop:')
  })

  it.for([
    'shop:apps/Deployment:shop/web-2',
    'shop:apps/Deployment:other/web',
    'shop:apps/StatefulSet:shop/web',
    'shop:/Deployment:shop/web',
  ])('does not believe the id of another object, which was copied with it: %s', async (id) => {
    const annotations = { 'argocd.argoproj.io/tracking-id': id }
    expect(await texts([], scaleOf(DEPLOYMENT, deployment({ annotations }), 5))).toEqual([])
  })

  it('believes the label only if its controller has written the object', async () => {
    const labels = { 'app.kubernetes.io/instance': 'shop' }
    expect(await texts([], scaleOf(DEPLOYMENT, deployment({ labels }), 5))).toEqual([])
    await api?.close()
    const managedFields = [{ manager: 'argocd-controller', operation: 'Update' }]
    const found = await texts([], scaleOf(DEPLOYMENT, deployment({ labels, managedFields }), 5))
    expect(found[0]).toContain('Managed by Argo CD application shop')
  })

  it.for([
    { metadata: { labels: { team: 'shop' } } },
    { metadata: { annotations: { note: 'x' } } },
    { spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' } } } } },
  ])('keeps the labels and annotations that are added: %j', async (patch) => {
    expect(await texts([application({})], patchOf(DEPLOYMENT, live, patch))).toEqual([
      'Managed by Argo CD application shop, which keeps the labels and annotations that others add.',
    ])
  })

  it('reverts a label that it may have set itself', async () => {
    const labelled = deployment({ ...live.metadata, labels: { team: 'a' } })
    const patch = { metadata: { labels: { team: 'b' } } }
    expect((await texts([], patchOf(DEPLOYMENT, labelled, patch)))[0]).toContain('it will be reverted')
  })
})

describe('Flux', () => {
  const labels = { 'kustomize.toolkit.fluxcd.io/name': 'shop', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' }
  const kustomization = (spec: object): FakeKind => ({
    group: 'kustomize.toolkit.fluxcd.io',
    kind: 'Kustomization',
    plural: 'kustomizations',
    items: [{ metadata: { name: 'shop', namespace: 'flux-system' }, spec }],
  })
  const repository: FakeKind = {
    group: 'source.toolkit.fluxcd.io',
    kind: 'GitRepository',
    plural: 'gitrepositories',
    items: [{ metadata: { name: 'fleet', namespace: 'flux-system' }, spec: { url: 'ssh://git@example.com/fleet' } }],
  }
  const spec = { interval: '10m', path: './apps', sourceRef: { kind: 'GitRepository', name: 'fleet' } }

  it('tells the interval and the Git source of a Kustomization (writes-21)', async () => {
    expect(await texts([kustomization(spec), repository], scaleOf(DEPLOYMENT, deployment({ labels }), 5))).toEqual([
      'Managed by Flux Kustomization shop: it will be reverted within 10m.',
      'The lasting change belongs in ssh://example.com/fleet, path apps.',
    ])
  })

  it('tells that a suspended Kustomization reverts nothing yet', async () => {
    const found = await texts(
      [kustomization({ ...spec, suspend: true })],
      scaleOf(DEPLOYMENT, deployment({ labels }), 5),
    )
    expect(found[0]).toContain('which is suspended: it will be reverted when that is resumed.')
  })

  it.for([
    ['reconcile', 'disabled', 'which leaves this object as it is'],
    ['ssa', 'IfNotPresent', 'which creates this object and does not change it later'],
    ['ssa', 'Ignore', 'which leaves this object as it is'],
  ] as const)('follows the annotation %s: %s', async ([name, value, text]) => {
    const annotations = { [`kustomize.toolkit.fluxcd.io/${name}`]: value }
    const found = await texts([kustomization(spec)], scaleOf(DEPLOYMENT, deployment({ labels, annotations }), 5))
    expect(found[0]).toContain(text)
  })

  it.for([
    [{}, 'the next upgrade overwrites it.'],
    [{ driftDetection: { mode: 'warn' } }, 'the next upgrade overwrites it.'],
    [{ driftDetection: { mode: 'enabled' } }, 'its drift detection reverts it.'],
    [{ suspend: true }, 'which is suspended: the next upgrade overwrites it.'],
  ] as const)('tells of a HelmRelease with %j', async ([own, text]) => {
    const kind: FakeKind = {
      group: 'helm.toolkit.fluxcd.io',
      version: 'v2',
      kind: 'HelmRelease',
      plural: 'helmreleases',
      items: [{ metadata: { name: 'shop', namespace: 'apps' }, spec: own }],
    }
    const marks = { 'helm.toolkit.fluxcd.io/name': 'shop', 'helm.toolkit.fluxcd.io/namespace': 'apps' }
    const found = await texts([kind], scaleOf(DEPLOYMENT, deployment({ labels: marks }), 5))
    expect(found[0]).toBe(`Managed by Flux HelmRelease shop${text.startsWith('which') ? ',' : ':'} ${text}`)
    expect(found[1]).toBe('The lasting change belongs in the values of Flux HelmRelease shop.')
  })
})

describe('Fleet', () => {
  const marked = (own: Record<string, string> = {}) =>
    deployment({ annotations: { 'objectset.rio.cattle.io/id': 'default-shop', ...own } })

  it('tells of a bundle that corrects drift, with its GitRepo (writes-22)', async () => {
    const bundle: FakeKind = {
      group: 'fleet.cattle.io',
      version: 'v1alpha1',
      kind: 'Bundle',
      plural: 'bundles',
      items: [
        {
          metadata: { name: 'default-shop', namespace: 'fleet-local', labels: { 'fleet.cattle.io/repo-name': 'shop' } },
          spec: { correctDrift: { enabled: true } },
        },
      ],
    }
    expect(await texts([bundle], scaleOf(DEPLOYMENT, marked(), 5))).toEqual([
      'Managed by Fleet bundle default-shop, which corrects drift: it will be reverted.',
      'The lasting change belongs in Fleet GitRepo shop.',
    ])
  })

  it.for([
    ['k3s.cattle.io/v1, Kind=Addon', 'k3s add-on coredns'],
    ['management.cattle.io/v3, Kind=Cluster', 'Rancher for Cluster coredns'],
    ['fleet.cattle.io/v1alpha1, Kind=Bundle', 'Fleet bundle coredns'],
  ] as const)('is distinguished from other programs with the same marks: %s', async ([gvk, manager]) => {
    const own = { 'objectset.rio.cattle.io/owner-gvk': gvk, 'objectset.rio.cattle.io/owner-name': 'coredns' }
    const found = await texts([], scaleOf(DEPLOYMENT, marked(own), 5))
    expect(found.filter((text) => text.startsWith('Managed by'))).toHaveLength(1)
    expect(found[0]).toContain(manager)
  })
})

describe('Helm', () => {
  it('does not call a hook a part of the release', async () => {
    const annotations = { 'meta.helm.sh/release-name': 'shop', 'helm.sh/hook': 'pre-upgrade' }
    expect(await texts([], deleteOf(DEPLOYMENT, deployment({ annotations })))).toEqual([])
  })

  it('has its place below Git: one lasting change is shown (writes-23)', async () => {
    const annotations = { 'meta.helm.sh/release-name': 'shop', 'objectset.rio.cattle.io/id': 'default-shop' }
    expect(await texts([], scaleOf(DEPLOYMENT, deployment({ annotations }), 5))).toEqual([
      'Managed by Fleet bundle default-shop: the next deployment of the bundle overwrites it.',
      'Part of Helm release shop: the next upgrade overwrites it.',
      'The lasting change belongs in the Git source of Fleet bundle default-shop.',
    ])
  })
})
