/** What goes along with a deletion, also where rights or time end. */
import { afterEach, describe, expect, it } from 'vitest'
import { consequencesOf, factsOf } from '../../../../../mcp/changes/consequences'
import { openReads } from '../../../../../mcp/changes/managers/reads'
import type { Operation } from '../../../../../mcp/changes/types'
import type { ApiResource, KubeObject } from '../../../../../mcp/kubernetes/types'
import type { TestApi } from '../../../../support/kube/api-server'
import { startFakeObjects } from '../../../../support/kube/fake-objects'
import type { FakeKind } from '../../../../support/kube/fake-objects'
import { deleteOf, evictOf, resourceOf } from '../../../../support/mcp/operations'

const signal = AbortSignal.timeout(20_000)
let api: TestApi | undefined

afterEach(async () => {
  await api?.close()
  api = undefined
})

async function consequences(kinds: FakeKind[], operation: Operation) {
  api = await startFakeObjects(kinds)
  const { notes, ...rest } = await consequencesOf(operation, api.cluster(), signal)
  return { texts: notes.map(({ text }) => text), ...rest }
}

const object = (kind: string, name: string, own: object = {}, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'shop', uid: `${kind}-${name}`, ...metadata },
  ...own,
})

const owner = (kind: string, name: string) => ({
  apiVersion: 'v1',
  kind,
  name,
  uid: `${kind}-${name}`,
  controller: true,
})

const kindOf = (kind: string, group: string, items: KubeObject[] = [], more: Partial<FakeKind> = {}): FakeKind => ({
  group,
  kind,
  plural: resourceOf(kind).plural,
  items: items.map(({ metadata, ...rest }) => ({ ...rest, metadata: { ...metadata } })),
  ...more,
})

const clusterKind = (kind: string, group = ''): ApiResource => resourceOf(kind, group, { namespaced: false })

describe('owned objects', () => {
  const web = object('Deployment', 'web')
  const set = object('ReplicaSet', 'web-1', {}, { ownerReferences: [owner('Deployment', 'web')] })
  const pods = ['a', 'b'].map((name) => object('Pod', name, {}, { ownerReferences: [owner('ReplicaSet', 'web-1')] }))

  it('go with all that they own themselves', async () => {
    const stray = object('Pod', 'stray', {}, { ownerReferences: [owner('ReplicaSet', 'other')] })
    const kinds = [kindOf('Pod', '', [...pods, stray]), kindOf('ReplicaSet', 'apps', [set]), kindOf('Service', '')]
    expect(await consequences(kinds, deleteOf(resourceOf('Deployment'), web))).toMatchObject({
      texts: ['Also deletes 2 pods, 1 ReplicaSet.', 'A delete cannot be undone: only its manifest brings it back.'],
      deletes: 4,
      confirm: 'web',
    })
  })

  it('stay as long as they have another owner', async () => {
    const shared = object(
      'ConfigMap',
      'shared',
      {},
      { ownerReferences: [owner('Deployment', 'web'), owner('Deployment', 'api')] },
    )
    const { texts, deletes } = await consequences(
      [kindOf('ConfigMap', '', [shared])],
      deleteOf(resourceOf('Deployment'), web),
    )
    expect(texts).toEqual(['A delete cannot be undone: only its manifest brings it back.'])
    expect(deletes).toBe(1)
  })

  it('are looked for in all namespaces if the owner is in none', async () => {
    const tenant = { ...object('Tenant', 'acme'), metadata: { name: 'acme', uid: 'Tenant-acme' } }
    const owned = ['a', 'b'].map((namespace) =>
      object('ConfigMap', 'settings', {}, { uid: namespace, namespace, ownerReferences: [owner('Tenant', 'acme')] }),
    )
    const role = { ...object('Role', 'acme', {}, { ownerReferences: [owner('Tenant', 'acme')] }) }
    const kinds = [
      kindOf('ConfigMap', '', owned),
      kindOf('ClusterRole', 'rbac.authorization.k8s.io', [role], { namespaced: false }),
    ]
    const { texts } = await consequences(kinds, deleteOf(clusterKind('Tenant', 'example.com'), tenant))
    expect(texts[0]).toBe('Also deletes 2 ConfigMaps, 1 ClusterRole.')
  })

  it('are not derived objects when it comes to what has to be typed', async () => {
    const slice = object('EndpointSlice', 'web-x', {}, { ownerReferences: [owner('Service', 'web')] })
    const kinds = [
      kindOf('EndpointSlice', 'discovery.k8s.io', [slice]),
      kindOf('Ingress', 'networking.k8s.io', [], { plural: 'ingresses' }),
    ]
    const { texts, deletes, confirm } = await consequences(
      kinds,
      deleteOf(resourceOf('Service', ''), object('Service', 'web')),
    )
    expect(texts[0]).toBe('Also deletes 1 EndpointSlice.')
    expect({ deletes, confirm }).toEqual({ deletes: 1, confirm: undefined })
  })

  it('are reported by kind if they could not be listed', async () => {
    const kinds = [
      kindOf('Pod', '', pods),
      kindOf('ReplicaSet', 'apps', [set]),
      kindOf('Service', ''),
      kindOf('Backup', 'velero.io', [], { forbidden: true }),
      kindOf('Backup', 'longhorn.io', [], { forbidden: true }),
    ]
    const { texts } = await consequences(kinds, deleteOf(resourceOf('Deployment'), web))
    expect(texts).toContain(
      'Not all was read: backups.longhorn.io, backups.velero.io were not: User dev may not list backups in the namespace shop.',
    )
  })

  it('are reported as not read in time, with those that were', async () => {
    api = await startFakeObjects([
      kindOf('ReplicaSet', 'apps', [set]),
      kindOf('Service', ''),
      kindOf('Widget', 'example.com', [], { hangs: true }),
    ])
    const cluster = api.cluster()
    const reads = openReads(cluster, signal, 300)
    const { notes } = await consequencesOf(deleteOf(resourceOf('Deployment'), web), cluster, signal, { reads })
    expect(notes.map(({ text }) => text).slice(0, 2)).toEqual([
      'Also deletes 1 ReplicaSet.',
      'Not all was read: widgets.example.com were not: It took longer than 0.3 seconds.',
    ])
  })

  it('are reported as too many to be read', async () => {
    const { texts } = await consequences(
      [
        kindOf(
          'ConfigMap',
          '',
          Array.from({ length: 2001 }, (_, at) => object('ConfigMap', `c-${at}`)),
          { remaining: 1 },
        ),
      ],
      deleteOf(resourceOf('Deployment'), web),
    )
    expect(texts[0]).toBe('Not all was read: configmaps were not: There are too many configmaps.')
  })
})

describe('a namespace', () => {
  const shop = { ...object('Namespace', 'shop'), metadata: { name: 'shop', uid: 'ns' } }
  const gone = deleteOf(clusterKind('Namespace'), shop)

  it('is counted without reading its objects, data first', async () => {
    const kinds = [
      kindOf('ConfigMap', '', [object('ConfigMap', 'a'), object('ConfigMap', 'b')], { remaining: 40 }),
      kindOf('Pod', '', [object('Pod', 'a')]),
      kindOf('Event', '', [object('Event', 'a')]),
      kindOf('Secret', '', [object('Secret', 'a')]),
      kindOf('NetworkPolicy', 'networking.k8s.io', [object('NetworkPolicy', 'a'), object('NetworkPolicy', 'b')]),
    ]
    expect(await consequences(kinds, gone)).toEqual({
      texts: [
        'Also deletes all in namespace shop, 46 objects: 1 Secret, 1 pod, 42 ConfigMaps, 2 NetworkPolicies.',
        'This cannot be undone.',
      ],
      deletes: 47,
      confirm: 'shop',
    })
    expect(api?.requests.filter(({ path }) => path.endsWith('/configmaps'))).toHaveLength(1)
  })

  it('is not called empty if kinds could not be read (writes-10)', async () => {
    const { texts, confirm } = await consequences([kindOf('ConfigMap', '', [], { forbidden: true })], gone)
    expect(texts).toEqual([
      'Nothing was found in namespace shop.',
      'Not all was read: configmaps were not: User dev may not list configmaps in the namespace shop.',
      'This cannot be undone.',
    ])
    expect(confirm).toBe('shop')
  })

  it('names the kinds that the operator has excluded as not read', async () => {
    api = await startFakeObjects([kindOf('Secret', '', [object('Secret', 'a')])])
    const { notes } = await consequencesOf(gone, api.cluster({ denied: { kinds: ['secret'] } }), signal)
    expect(notes.map(({ text }) => text)).toContain(
      'Not all was read: secrets were not: The operator has excluded the kind Secret from the assistant.',
    )
    expect(api.requests.some(({ path }) => path.includes('secrets'))).toBe(false)
  })

  it('loses the data of its volumes', async () => {
    const claim = object('PersistentVolumeClaim', 'data', { spec: { volumeName: 'pv-1' } })
    const volume = { ...object('PersistentVolume', 'pv-1', { spec: { persistentVolumeReclaimPolicy: 'Delete' } }) }
    const kinds = [
      kindOf('PersistentVolumeClaim', '', [claim]),
      kindOf('PersistentVolume', '', [{ ...volume, metadata: { name: 'pv-1' } }], { namespaced: false }),
    ]
    expect((await consequences(kinds, gone)).texts).toContain(
      'The data of 1 volume is lost: the reclaim policy is Delete. This cannot be undone.',
    )
  })
})

describe('data', () => {
  const claim = object('PersistentVolumeClaim', 'data', { spec: { volumeName: 'pv-1' } })
  const gone = deleteOf(resourceOf('PersistentVolumeClaim', ''), claim)

  it('is not called safe if the volume may not be read', async () => {
    const kinds = [kindOf('Pod', ''), kindOf('PersistentVolume', '', [], { namespaced: false, forbidden: true })]
    expect((await consequences(kinds, gone)).texts[0]).toMatch(/^Whether the data of 1 volume is kept is not known: /)
  })

  it('is still in use', async () => {
    const pod = object('Pod', 'db', {
      spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }] },
    })
    expect((await consequences([kindOf('Pod', '', [pod])], gone)).texts[0]).toBe(
      'In use by 1 pod: it stays until they are gone, and no new pod can use it.',
    )
  })

  it.for([
    ['volumes', { volumes: [{ configMap: { name: 'data' } }] }, 1],
    ['projected volumes', { volumes: [{ projected: { sources: [{ configMap: { name: 'data' } }] } }] }, 1],
    ['envFrom', { containers: [{ envFrom: [{ configMapRef: { name: 'data' } }] }] }, 1],
    [
      'env of init containers',
      { initContainers: [{ env: [{ valueFrom: { configMapKeyRef: { name: 'data', key: 'a' } } }] }] },
      1,
    ],
    ['a Secret of that name', { volumes: [{ secret: { secretName: 'data' } }] }, 0],
  ] as const)('of a ConfigMap is used by %s', async ([_, spec, users]) => {
    const map = deleteOf(resourceOf('ConfigMap', ''), object('ConfigMap', 'data'))
    const { texts } = await consequences([kindOf('Pod', '', [object('Pod', 'one', { spec })])], map)
    expect(texts.filter((text) => text.startsWith('In use by'))).toHaveLength(users)
  })
})

describe('objects that stand for others', () => {
  const entries = (count: number) => Array.from({ length: count }, (_, at) => ({ id: String(at) }))

  it.for([
    [
      'an Argo CD application with its finalizer',
      resourceOf('Application', 'argoproj.io'),
      { status: { resources: entries(7) } },
      { finalizers: ['resources-finalizer.argocd.argoproj.io'] },
      'Also deletes 7 objects that Argo CD application one has deployed.',
      8,
    ],
    [
      'an Argo CD application without it',
      resourceOf('Application', 'argoproj.io'),
      { status: { resources: entries(7) } },
      {},
      'What Argo CD application one has deployed stays.',
      1,
    ],
    [
      'a Kustomization that prunes',
      resourceOf('Kustomization', 'kustomize.toolkit.fluxcd.io'),
      { spec: { prune: true }, status: { inventory: { entries: entries(3) } } },
      {},
      'Also deletes 3 objects that Flux Kustomization one has deployed.',
      4,
    ],
    [
      'a Kustomization that does not',
      resourceOf('Kustomization', 'kustomize.toolkit.fluxcd.io'),
      { spec: { prune: false }, status: { inventory: { entries: entries(3) } } },
      {},
      'What Flux Kustomization one has deployed stays.',
      1,
    ],
    [
      'a HelmRelease',
      resourceOf('HelmRelease', 'helm.toolkit.fluxcd.io'),
      {},
      {},
      'Also deletes what Flux HelmRelease one has deployed.',
      2,
    ],
  ] as const)('%s', async ([_, resource, own, metadata, text, deletes]) => {
    const apiVersion = `${resource.group}/v1`
    const result = await consequences(
      [],
      deleteOf(resource, { ...object(resource.kind, 'one', own, metadata), apiVersion }),
    )
    expect(result.texts).toContain(text)
    expect(result).toMatchObject({ deletes, ...(deletes > 1 && { confirm: 'one' }) })
  })

  it('a definition whose objects may not be counted', async () => {
    const spec = { group: 'example.com', names: { kind: 'Widget', plural: 'widgets' } }
    const definition = { ...object('CustomResourceDefinition', 'widgets.example.com', { spec }) }
    const resource = clusterKind('CustomResourceDefinition', 'apiextensions.k8s.io')
    const kinds = [kindOf('Widget', 'example.com', [], { forbidden: true })]
    expect(await consequences(kinds, deleteOf(resource, definition))).toMatchObject({
      texts: [
        'Also deletes all objects of kind Widget. They could not be counted: User dev may not list widgets of all namespaces.',
        'This cannot be undone.',
      ],
      confirm: 'widgets.example.com',
    })
  })
})

describe('finalizers', () => {
  it.for([
    [['example.com/keep'], true],
    [['kubernetes.io/pvc-protection'], false],
    [['foregroundDeletion', 'example.com/keep'], true],
    [[], false],
  ] as const)('%j are named before: %s (writes-14)', async ([finalizers, named]) => {
    const map = object('ConfigMap', 'held', {}, { finalizers: [...finalizers] })
    const { texts } = await consequences([kindOf('Pod', '')], deleteOf(resourceOf('ConfigMap', ''), map))
    expect(texts.some((text) => text.endsWith('finalizers are removed: example.com/keep.'))).toBe(named)
  })
})

describe('pods', () => {
  it('that are not recreated are distinguished from those of a controller', async () => {
    const local = { spec: { volumes: [{ name: 'cache', emptyDir: {} }] } }
    const alone = evictOf(resourceOf('Pod', ''), object('Pod', 'one', local))
    expect((await consequences([], alone)).texts).toEqual([
      'No controller creates it again.',
      'Data in its emptyDir volumes is lost: cache.',
    ])
    await api?.close()
    const owned = evictOf(
      resourceOf('Pod', ''),
      object('Pod', 'two', {}, { ownerReferences: [owner('ReplicaSet', 'web')] }),
    )
    expect((await consequences([], owned)).texts).toEqual([])
  })
})

describe('the facts of a draft', () => {
  it('keep the order of its operations and add up the deletions', async () => {
    api = await startFakeObjects([kindOf('Pod', '')])
    const operations = ['a', 'b'].map((name) => {
      const metadata = name === 'b' ? { annotations: { 'meta.helm.sh/release-name': 'shop' } } : {}
      return {
        operation: deleteOf(resourceOf('ConfigMap', ''), object('ConfigMap', name, {}, metadata)),
        result: undefined,
      }
    })
    const { objects, deletes, confirm } = await factsOf(operations, api.cluster(), signal)
    expect(objects.map((notes) => notes.map(({ code }) => code))).toEqual([
      ['not-undone'],
      ['helm-delete', 'lasting-removal-source'],
    ])
    expect({ deletes, confirm }).toEqual({ deletes: 2, confirm: undefined })
    expect(api.requests.filter(({ path }) => path.endsWith('/pods')).length).toBeLessThanOrEqual(2)
  })
})
