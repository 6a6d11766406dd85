/** Owners, autoscalers, budgets and quotas, and what could not be read of them. */
import { afterEach, describe, expect, it } from 'vitest'
import { managersOf } from '../../../../../mcp/changes/managers'
import { openReads } from '../../../../../mcp/changes/managers/reads'
import type { KubeObject } from '../../../../../mcp/kubernetes/types'
import type { TestApi } from '../../../../support/kube/api-server'
import { startFakeObjects } from '../../../../support/kube/fake-objects'
import type { FakeKind } from '../../../../support/kube/fake-objects'
import { applyOf, deleteOf, evictOf, patchOf, resourceOf, scaleOf } from '../../../../support/mcp/operations'

const signal = AbortSignal.timeout(20_000)
const DEPLOYMENT = resourceOf('Deployment')
const POD = resourceOf('Pod', '')
let api: TestApi | undefined

afterEach(async () => {
  await api?.close()
  api = undefined
})

async function texts(kinds: FakeKind[], operation: Parameters<typeof managersOf>[0]): Promise<string[]> {
  api = await startFakeObjects(kinds)
  return (await managersOf(operation, api.cluster(), signal)).map(({ text }) => text)
}

const object = (kind: string, name: string, own: Record<string, unknown> = {}, metadata: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, namespace: 'shop', uid: `${kind}-${name}`, ...metadata },
  ...own,
})

const ownedBy = (kind: string, name: string, apiVersion = 'apps/v1', more: object = {}) => ({
  ownerReferences: [{ apiVersion, kind, name, uid: `${kind}-${name}`, controller: true, ...more }],
})

const kindOf = (kind: string, items: KubeObject[], group = 'apps', more: Partial<FakeKind> = {}): FakeKind => ({
  group,
  kind,
  plural: resourceOf(kind).plural,
  items: items.map(({ metadata, ...rest }) => ({ ...rest, metadata: { ...metadata } })),
  ...more,
})

const web = object('Deployment', 'web', {
  spec: {
    replicas: 3,
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'main', image: 'nginx:1', resources: { requests: { cpu: '100m' } } }] },
    },
  },
})

describe('owners', () => {
  const set = object('ReplicaSet', 'web-1', {}, ownedBy('Deployment', 'web'))
  const pod = object('Pod', 'web-1-a', { status: { phase: 'Running' } }, ownedBy('ReplicaSet', 'web-1'))

  it('names the outermost owner and its manager', async () => {
    const managed = object('Deployment', 'web', {}, { annotations: { 'meta.helm.sh/release-name': 'shop' } })
    const inherited = object('ReplicaSet', 'web-1', {}, { ...set.metadata, annotations: managed.metadata.annotations })
    const kinds = [kindOf('ReplicaSet', [inherited]), kindOf('Deployment', [managed])]
    expect(await texts(kinds, patchOf(POD, pod, { metadata: { labels: { debug: 'yes' } } }))).toEqual([
      'Deployment web is managed by Helm release shop.',
      'Belongs to Deployment web: the pods that it creates later do not have the change.',
      'The lasting change belongs in the values or the chart of Helm release shop.',
    ])
  })

  it('does not follow an owner that was replaced by another of the same name', async () => {
    const other = object('ReplicaSet', 'web-1', {}, { uid: 'other', ...ownedBy('Deployment', 'web') })
    const kinds = [kindOf('ReplicaSet', [other]), kindOf('Deployment', [web])]
    expect(await texts(kinds, deleteOf(POD, pod))).toEqual([
      'Belongs to ReplicaSet web-1: another pod is created in its place.',
    ])
  })

  it.for([
    ['StatefulSet', 'Running', 'Belongs to StatefulSet db: a pod of the same name is created again.'],
    ['DaemonSet', 'Running', 'Belongs to DaemonSet db: another pod is created in its place.'],
    ['ReplicaSet', 'Failed', 'Belongs to ReplicaSet db. It has ended, and no other pod is created for it.'],
    ['Job', 'Running', 'Belongs to Job db: Job db starts another pod as long as it has retries left.'],
    ['Job', 'Succeeded', 'Belongs to Job db. It has ended, and no other pod is created for it.'],
  ] as const)('tells what follows the delete of a pod of a %s that is %s', async ([kind, phase, text]) => {
    const own = object('Pod', 'one', { status: { phase } }, ownedBy(kind, 'db'))
    expect(await texts([], deleteOf(POD, own))).toEqual([text])
  })

  it('tells a current ReplicaSet from an old revision', async () => {
    const revision = (value: string) => ({ annotations: { 'deployment.kubernetes.io/revision': value } })
    const kinds = [kindOf('Deployment', [object('Deployment', 'web', {}, revision('2'))])]
    const of = (value: string) => object('ReplicaSet', 'web-1', {}, { ...set.metadata, ...revision(value) })
    expect(await texts(kinds, deleteOf(resourceOf('ReplicaSet'), of('2')))).toEqual([
      'Belongs to Deployment web: it is created again, with new pods.',
    ])
    await api?.close()
    expect(await texts(kinds, deleteOf(resourceOf('ReplicaSet'), of('1')))).toEqual([
      'Belongs to Deployment web: a rollback to its revision 1 is not possible afterwards.',
    ])
  })

  it('tells that an operator may set back what it owns', async () => {
    const owned = object('ConfigMap', 'settings', {}, ownedBy('Database', 'main', 'db.example.com/v1'))
    expect(await texts([], patchOf(resourceOf('ConfigMap', ''), owned, { data: { a: 'b' } }))).toEqual([
      'Owned by Database main: its controller may set it back.',
      'The lasting change belongs in Database main.',
    ])
  })

  it('tells an owner that only holds the object from one that controls it', async () => {
    const held = object('ConfigMap', 'settings', {}, ownedBy('Deployment', 'web', 'apps/v1', { controller: false }))
    expect(await texts([], deleteOf(resourceOf('ConfigMap', ''), held))).toEqual([
      'Belongs to Deployment web: it is deleted together with that.',
    ])
  })

  it('tells that a static pod ignores changes', async () => {
    const metadata = { annotations: { 'kubernetes.io/config.mirror': 'x' }, ...ownedBy('Node', 'worker-1', 'v1') }
    const mirror = object('Pod', 'etcd', { spec: { nodeName: 'worker-1' } }, metadata)
    expect(await texts([], deleteOf(POD, mirror))).toEqual([
      'A static pod of node worker-1: the kubelet shows it again at once, and the containers keep running.',
    ])
  })
})

describe('autoscalers', () => {
  const target = { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } }
  const scaler = (spec: object, metadata: object = {}) =>
    kindOf(
      'HorizontalPodAutoscaler',
      [object('HorizontalPodAutoscaler', 'web', { spec: { ...target, ...spec } }, metadata)],
      'autoscaling',
      { version: 'v2' },
    )
  const keda = (spec: object, metadata: object = {}) =>
    kindOf(
      'ScaledObject',
      [object('ScaledObject', 'queue', { spec: { scaleTargetRef: { name: 'web' }, ...spec } }, metadata)],
      'keda.sh',
      { version: 'v1alpha1' },
    )

  it.for([
    [5, 'The autoscaler keeps 2 to 4 replicas: 5 will be set back. Change HorizontalPodAutoscaler web instead.'],
    [1, 'The autoscaler keeps 2 to 4 replicas: 1 will be set back. Change HorizontalPodAutoscaler web instead.'],
    [4, 'HorizontalPodAutoscaler web keeps 2 to 4 replicas and may change 4 again.'],
    [0, 'HorizontalPodAutoscaler web keeps 2 to 4 replicas and is switched off as long as there are 0.'],
  ] as const)('tells what becomes of %i replicas (writes-24)', async ([replicas, text]) => {
    expect(await texts([scaler({ minReplicas: 2, maxReplicas: 4 })], scaleOf(DEPLOYMENT, web, replicas))).toEqual([
      text,
    ])
  })

  it('sees the replicas in the answer to a dry run, and in a JSON patch', async () => {
    api = await startFakeObjects([scaler({ minReplicas: 2, maxReplicas: 4 })])
    const cluster = api.cluster()
    const after = { kind: 'Scale', metadata: { name: 'web' }, spec: { replicas: 9 } }
    const [note] = await managersOf(scaleOf(DEPLOYMENT, web, 1), cluster, signal, { after })
    expect(note?.params.replicas).toBe(9)
    const steps = [{ op: 'replace', path: '/spec/replicas', value: 7 }]
    const patch = { ...patchOf(DEPLOYMENT, web, steps), contentType: 'application/json-patch+json' as const }
    expect((await managersOf(patch, cluster, signal))[0]?.params.replicas).toBe(7)
  })

  it('is not named for a target of another kind, group or name', async () => {
    for (const other of [
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' },
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'Deployment', name: 'web' },
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web-2' },
    ]) {
      expect(await texts([scaler({ scaleTargetRef: other, maxReplicas: 4 })], scaleOf(DEPLOYMENT, web, 9))).toEqual([])
      await api?.close()
    }
  })

  it('names KEDA and not the autoscaler that it has made', async () => {
    const own = scaler({ minReplicas: 1, maxReplicas: 100 }, ownedBy('ScaledObject', 'queue', 'keda.sh/v1alpha1'))
    expect(await texts([own, keda({ minReplicaCount: 1, maxReplicaCount: 8 })], scaleOf(DEPLOYMENT, web, 9))).toEqual([
      "The autoscaler keeps 1 to 8 replicas: 9 will be set back. Change KEDA's ScaledObject queue instead.",
    ])
  })

  it('takes what it knows of KEDA from its autoscaler if that is all that may be read', async () => {
    const own = scaler({ minReplicas: 1, maxReplicas: 8 }, ownedBy('ScaledObject', 'queue', 'keda.sh/v1alpha1'))
    const hidden = { ...keda({}), forbidden: true }
    expect((await texts([own, hidden], scaleOf(DEPLOYMENT, web, 9)))[0]).toContain('keeps 1 to 8 replicas')
  })

  it('tells that KEDA is paused at a number', async () => {
    const paused = keda({}, { annotations: { 'autoscaling.keda.sh/paused-replicas': '2' } })
    expect(await texts([paused], scaleOf(DEPLOYMENT, web, 9))).toEqual([
      'KEDA keeps 2 replicas: ScaledObject queue is paused at that number.',
    ])
  })

  it('names a VerticalPodAutoscaler for requests alone', async () => {
    const spec = { targetRef: target.scaleTargetRef, updatePolicy: { updateMode: 'Auto' } }
    const vertical = kindOf(
      'VerticalPodAutoscaler',
      [object('VerticalPodAutoscaler', 'web', { spec })],
      'autoscaling.k8s.io',
    )
    const containers = [{ name: 'main', resources: { requests: { cpu: '2' } } }]
    expect(await texts([vertical], patchOf(DEPLOYMENT, web, { spec: { template: { spec: { containers } } } }))).toEqual(
      ['VerticalPodAutoscaler web sets the requests of its pods, overriding the template.'],
    )
    await api?.close()
    expect(await texts([vertical], scaleOf(DEPLOYMENT, web, 9))).toEqual([])
  })
})

describe('disruption budgets', () => {
  const pod = object('Pod', 'web-a', {}, { labels: { app: 'web', tier: 'front' } })
  const budget = (selector: unknown, allowed = 0) =>
    kindOf(
      'PodDisruptionBudget',
      [object('PodDisruptionBudget', 'web', { spec: { selector }, status: { disruptionsAllowed: allowed } })],
      'policy',
    )

  it.for([
    [{ matchLabels: { app: 'web' } }, true],
    [{ matchLabels: { app: 'web', tier: 'back' } }, false],
    [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['front', 'back'] }] }, true],
    [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['front'] }] }, false],
    [{ matchExpressions: [{ key: 'other', operator: 'DoesNotExist' }] }, true],
    [{ matchExpressions: [{ key: 'other', operator: 'Exists' }] }, false],
    [{}, true],
    [undefined, false],
  ] as const)('covers a pod by the selector %j: %s', async ([selector, covers]) => {
    const found = await texts([budget(selector)], deleteOf(POD, pod))
    expect(found).toEqual(
      covers ? ['PodDisruptionBudget web covers it. Allowed disruptions: 0. A delete is not stopped by it.'] : [],
    )
  })

  it.for([
    [0, 'The eviction is refused as long as that is 0.'],
    [1, 'Then 0 more evictions may follow.'],
    [2, 'Then 1 more eviction may follow.'],
  ] as const)('tells of an eviction while %i disruptions are allowed (writes-25)', async ([allowed, text]) => {
    expect((await texts([budget({}, allowed)], evictOf(POD, pod)))[0]).toContain(text)
  })

  it('says nothing of a change that takes no pods away', async () => {
    expect(await texts([budget({})], scaleOf(DEPLOYMENT, web, 9))).toEqual([])
  })
})

describe('quotas', () => {
  const quota = (hard: object, used: object, spec: object = {}) =>
    kindOf('ResourceQuota', [object('ResourceQuota', 'team', { spec, status: { hard, used } })], '')

  it.for([
    [{ pods: '10' }, { pods: '3' }, 9, []],
    [
      { pods: '5' },
      { pods: '3' },
      9,
      ['ResourceQuota team: 3 of 5 pods are used. Only 2 of 6 new pods will be created.'],
    ],
    [
      { 'requests.cpu': '1' },
      { 'requests.cpu': '800m' },
      9,
      ['ResourceQuota team: 800m of 1 requests.cpu are used. Only 2 of 6 new pods will be created.'],
    ],
    [
      { 'limits.memory': '1Gi' },
      {},
      9,
      ['ResourceQuota team lets no new pod start: the pod template must set limits.memory.'],
    ],
    [{ pods: '3' }, { pods: '3' }, 1, []],
    [{ 'requests.storage': '1Gi' }, { 'requests.storage': '1Gi' }, 9, []],
  ] as const)('with %j, using %j, and %i replicas', async ([hard, used, replicas, expected]) => {
    const running = { ...web, status: { replicas: 3 } }
    expect(await texts([quota(hard, used)], scaleOf(DEPLOYMENT, running, replicas))).toEqual(expected)
  })

  it('takes the defaults of a LimitRange', async () => {
    const limits = [{ type: 'Container', default: { memory: '512Mi' } }]
    const range = kindOf('LimitRange', [object('LimitRange', 'defaults', { spec: { limits } })], '')
    const kinds = [quota({ 'limits.memory': '1Gi' }, {}), range]
    expect(await texts(kinds, scaleOf(DEPLOYMENT, { ...web, status: { replicas: 3 } }, 6))).toEqual([
      'ResourceQuota team: 0 of 1Gi limits.memory are used. Only 2 of 3 new pods will be created.',
    ])
  })

  it('refuses an object that does not fit itself', async () => {
    const claim = object('PersistentVolumeClaim', 'data', { spec: { resources: { requests: { storage: '5Gi' } } } })
    const kinds = [quota({ 'requests.storage': '8Gi' }, { 'requests.storage': '4Gi' })]
    expect(await texts(kinds, applyOf(resourceOf('PersistentVolumeClaim', ''), undefined, claim))).toEqual([
      'ResourceQuota team refuses it: 4Gi of 8Gi requests.storage are used, and it needs 5120Mi more.',
    ])
  })

  it('counts only pods in its scope', async () => {
    const scoped = (scope: string) => quota({ pods: '3' }, { pods: '3' }, { scopes: [scope] })
    const running = { ...web, status: { replicas: 3 } }
    expect(await texts([scoped('BestEffort')], scaleOf(DEPLOYMENT, running, 9))).toEqual([])
    await api?.close()
    expect(await texts([scoped('NotBestEffort')], scaleOf(DEPLOYMENT, running, 9))).toHaveLength(1)
  })
})

describe('reads', () => {
  const all = ['HorizontalPodAutoscaler', 'PodDisruptionBudget', 'ResourceQuota']

  it('reports what the user may not read', async () => {
    const kinds: FakeKind[] = [
      kindOf('HorizontalPodAutoscaler', [], 'autoscaling', { forbidden: true }),
      kindOf('PodDisruptionBudget', [], 'policy', { forbidden: true }),
    ]
    expect(await texts(kinds, scaleOf(DEPLOYMENT, web, 1))).toEqual([
      'HorizontalPodAutoscalers could not be checked: User dev may not list horizontalpodautoscalers in the namespace shop.',
      'PodDisruptionBudgets could not be checked: User dev may not list poddisruptionbudgets in the namespace shop.',
    ])
  })

  it('reports what it could not read in time, and names the others', async () => {
    const kinds = [
      kindOf('HorizontalPodAutoscaler', [], 'autoscaling', { hangs: true }),
      kindOf('PodDisruptionBudget', [], 'policy'),
    ]
    api = await startFakeObjects(kinds)
    const cluster = api.cluster()
    const live = { ...web, metadata: { ...web.metadata, annotations: { 'meta.helm.sh/release-name': 'shop' } } }
    const notes = await managersOf(scaleOf(DEPLOYMENT, live, 1), cluster, signal, {
      reads: openReads(cluster, signal, 300),
    })
    expect(notes.map(({ text }) => text)).toEqual([
      'Part of Helm release shop: the next upgrade overwrites it.',
      'The lasting change belongs in the values or the chart of Helm release shop.',
      'HorizontalPodAutoscalers could not be checked: It took longer than 0.3 seconds.',
    ])
  })

  it('stops if the caller stops', async () => {
    api = await startFakeObjects([kindOf('HorizontalPodAutoscaler', [], 'autoscaling', { hangs: true })])
    const controller = new AbortController()
    const notes = managersOf(scaleOf(DEPLOYMENT, web, 1), api.cluster(), controller.signal)
    await expect.poll(() => api?.requests.some(({ path }) => path.endsWith('autoscalers'))).toBe(true)
    controller.abort(new Error('the caller left'))
    await expect(notes).rejects.toThrow('the caller left')
  })

  it('reads each list once for all operations of a draft, and none that no operation needs', async () => {
    api = await startFakeObjects(
      all.map((kind) =>
        kindOf(kind, [], kind === 'ResourceQuota' ? '' : kind.startsWith('Pod') ? 'policy' : 'autoscaling'),
      ),
    )
    const cluster = api.cluster()
    const reads = openReads(cluster, signal)
    for (const name of ['a', 'b', 'c']) await managersOf(deleteOf(POD, object('Pod', name)), cluster, signal, { reads })
    const lists = api.requests.map(({ path }) => path).filter((path) => path.includes('/namespaces/'))
    expect(lists).toEqual(['/apis/policy/v1/namespaces/shop/poddisruptionbudgets'])
  })
})
