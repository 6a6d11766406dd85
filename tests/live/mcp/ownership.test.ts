/** Managers of an object on a real API server: more than 12 kinds of ownership, with every kind of write. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { managersOf } from '../../../mcp/changes/managers'
import type { Operation } from '../../../mcp/changes/types'
import { openCluster, type OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/connection/operator-credentials'
import { listObjects } from '../../../mcp/kubernetes/list/list'
import { getObject } from '../../../mcp/kubernetes/list/object'
import { toObject } from '../../../mcp/kubernetes/list/paging'
import type { ApiResource, KubeObject } from '../../../mcp/kubernetes/types'
import { hasKubectl, testKubeconfig } from '../../support/app'
import { applyOf, deleteOf, evictOf, patchOf, scaleOf } from '../../support/mcp/operations'

const run = promisify(execFile)
const signal = () => AbortSignal.timeout(30_000)
const rules = { deniedKinds: new Set<string>(), deniedNamespaces: new Set<string>() }

type Write = 'scale' | 'patch' | 'apply' | 'delete'
const WRITES: readonly Write[] = ['scale', 'patch', 'apply', 'delete']

interface Ownership {
  name: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
  /** The note by kind of write; `update` is scale, patch and apply. */
  update: RegExp
  delete: RegExp
  /** All notes' codes begin with one of these, or with `lasting-`. */
  codes: RegExp
}

/** `NS` stands for the test's namespace. */
const MARKED: Ownership[] = [
  {
    name: 'argo-cd',
    annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:NS/argo-cd' },
    update: /^Managed by Argo CD application shop: it will be reverted at the next sync\./,
    delete: /^Managed by Argo CD application shop: it will be created again at the next sync\./,
    codes: /^argo-cd-/,
  },
  {
    name: 'flux-kustomization',
    labels: { 'kustomize.toolkit.fluxcd.io/name': 'shop', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' },
    update: /^Managed by Flux Kustomization shop: it will be reverted/,
    delete: /^Managed by Flux Kustomization shop: it will be created again/,
    codes: /^flux-kustomization-/,
  },
  {
    name: 'flux-helm-release',
    labels: { 'helm.toolkit.fluxcd.io/name': 'shop', 'helm.toolkit.fluxcd.io/namespace': 'flux-system' },
    update: /^Managed by Flux HelmRelease shop: the next upgrade overwrites it/,
    delete: /^Managed by Flux HelmRelease shop: the next upgrade creates it again/,
    codes: /^flux-helm-release-/,
  },
  {
    name: 'flux-operator',
    labels: { 'resourceset.fluxcd.controlplane.io/name': 'tenants' },
    update: /^Managed by Flux Operator's ResourceSet tenants: it will be reverted/,
    delete: /^Managed by Flux Operator's ResourceSet tenants: it will be created again/,
    codes: /^flux-operator-/,
  },
  {
    name: 'fleet',
    annotations: { 'objectset.rio.cattle.io/id': 'default-shop' },
    update: /^Managed by Fleet bundle default-shop: the next deployment of the bundle overwrites it/,
    delete: /^Managed by Fleet bundle default-shop: the next deployment of the bundle creates it again/,
    codes: /^fleet-/,
  },
  {
    name: 'helm',
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'NS' },
    update: /^Part of Helm release shop: the next upgrade overwrites it/,
    delete: /^Part of Helm release shop: the next upgrade creates it again/,
    codes: /^helm-/,
  },
  {
    name: 'config-sync',
    annotations: { 'configmanagement.gke.io/managed': 'enabled' },
    update: /^Managed by Config Sync: it will be reverted/,
    delete: /^Managed by Config Sync: it will be created again/,
    codes: /^config-sync-/,
  },
  {
    name: 'kapp',
    labels: { 'kapp.k14s.io/app': '1730000000' },
    update: /^Managed by a kapp app: its next deployment overwrites it/,
    delete: /^Managed by a kapp app: its next deployment creates it again/,
    codes: /^kapp-/,
  },
  {
    name: 'rancher',
    annotations: {
      'objectset.rio.cattle.io/id': 'rancher',
      'objectset.rio.cattle.io/owner-gvk': 'management.cattle.io/v3, Kind=Cluster',
      'objectset.rio.cattle.io/owner-name': 'local',
    },
    update: /^Managed by Rancher for Cluster local: it will be reverted/,
    delete: /^Managed by Rancher for Cluster local: it will be created again/,
    codes: /^rancher-/,
  },
  {
    name: 'k3s-addon',
    annotations: {
      'objectset.rio.cattle.io/id': '',
      'objectset.rio.cattle.io/owner-gvk': 'k3s.cattle.io/v1, Kind=Addon',
      'objectset.rio.cattle.io/owner-name': 'coredns',
    },
    update: /^Managed by k3s add-on coredns: it will be reverted/,
    delete: /^Managed by k3s add-on coredns: it will be created again/,
    codes: /^k3s-addon-/,
  },
  {
    name: 'olm',
    labels: { 'olm.owner': 'etcd.v0.9.4', 'olm.owner.kind': 'ClusterServiceVersion' },
    update: /^Managed by Operator Lifecycle Manager for ClusterServiceVersion etcd\.v0\.9\.4: it will be reverted/,
    delete: /^Managed by Operator Lifecycle Manager for ClusterServiceVersion etcd\.v0\.9\.4: it will be created again/,
    codes: /^olm-/,
  },
  {
    name: 'addon-manager',
    labels: { 'addonmanager.kubernetes.io/mode': 'Reconcile' },
    update: /^Managed by the add-on manager of Kubernetes: it will be reverted/,
    delete: /^Managed by the add-on manager of Kubernetes: it will be created again/,
    codes: /^addon-manager-/,
  },
  {
    name: 'crossplane',
    labels: { 'crossplane.io/composite': 'shop-x7' },
    annotations: { 'crossplane.io/external-name': 'shop-eu' },
    update:
      /^Managed by Crossplane composite shop-x7: it will be reverted.*same change outside of the cluster, to shop-eu/s,
    delete: /^Managed by Crossplane composite shop-x7: it will be created again.*also deletes shop-eu/s,
    codes: /^crossplane-/,
  },
]

/** Common marks that prove nothing, and copied marks of another object. */
const LOOK_ALIKES: Pick<Ownership, 'name' | 'labels' | 'annotations'>[] = [
  { name: 'plain' },
  {
    name: 'chart-labels',
    labels: {
      'app.kubernetes.io/managed-by': 'Helm',
      'app.kubernetes.io/instance': 'shop',
      'helm.sh/chart': 'shop-1.2.3',
      heritage: 'Helm',
    },
  },
  { name: 'copied', annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:NS/original' } },
  {
    name: 'other-namespace',
    annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:other/other-namespace' },
  },
  { name: 'sync-options', annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } },
  { name: 'cluster-service', labels: { 'kubernetes.io/cluster-service': 'true' } },
  { name: 'words', labels: { team: 'argocd', flux: 'yes', 'app.kubernetes.io/part-of': 'fleet', owner: 'helm' } },
]

describe.skipIf(!testKubeconfig || !hasKubectl())('the owner of an object and who will undo its change', () => {
  const namespace = `assistant-test-${randomUUID().slice(0, 8)}`
  const full = `${namespace}-full`
  let folder: string
  let cluster: OpenCluster

  const kubectl = async (...args: string[]) =>
    (await run('kubectl', ['--kubeconfig', testKubeconfig ?? '', ...args], { maxBuffer: 1 << 26 })).stdout

  async function applyAll(name: string, objects: object[]): Promise<void> {
    const path = join(folder, `${name}.json`)
    await writeFile(path, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
    await kubectl('create', '-f', path)
  }

  const resource = async (kind: string): Promise<ApiResource> => (await cluster.discovery.find(kind, signal())).resource

  async function live(kind: string, name: string, where = namespace): Promise<KubeObject> {
    return getObject(cluster, { resource: await resource(kind), namespace: where, name, signal: signal() })
  }

  async function podOf(app: string, where = namespace): Promise<KubeObject> {
    const request = { resource: await resource('pods'), namespace: where, labelSelector: `app=${app}` }
    const { items } = await listObjects(cluster, { ...request, signal: signal() })
    if (!items[0]) throw new Error(`no pod of ${app}`)
    return items[0]
  }

  /** The operation of a write, and its dry run's result. */
  async function write(kind: Write, of: ApiResource, object: KubeObject, replicas = 5) {
    const { name } = object.metadata
    const where = object.metadata.namespace ?? ''
    const patch = { spec: { template: { spec: { containers: [{ name: 'main', image: 'nginx:1.30' }] } } } }
    const dryRun = async (...args: string[]) =>
      toObject(z.unknown().parse(JSON.parse(await kubectl(...args, '-n', where, '--dry-run=server', '-o', 'json'))))
    switch (kind) {
      case 'scale':
        return { operation: scaleOf(of, object, replicas) }
      case 'patch': {
        const after = await dryRun('patch', of.plural, name, '--type=strategic', '-p', JSON.stringify(patch))
        const contentType = 'application/strategic-merge-patch+json' as const
        return { operation: { ...patchOf(of, object, patch), contentType }, after }
      }
      case 'apply': {
        const body = { apiVersion: 'apps/v1', kind: of.kind, metadata: { name, namespace: where }, ...patch }
        const path = join(folder, `${randomUUID()}.json`)
        await writeFile(path, JSON.stringify(body))
        const options = ['--server-side', '--force-conflicts', '--field-manager=test', '-f', path]
        return { operation: applyOf(of, object, body), after: await dryRun('apply', ...options) }
      }
      case 'delete':
        return { operation: deleteOf(of, object) }
    }
  }

  async function notes({ operation, after }: { operation: Operation; after?: KubeObject }) {
    const found = await managersOf(operation, cluster, signal(), { after })
    return {
      text: found.map(({ text }) => text).join('\n'),
      codes: found.map(({ code }) => code).filter((code) => !code.startsWith('lasting-')),
    }
  }

  const deployment = (name: string, own: object = {}, where = namespace, replicas = 2) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: where, ...own },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image: 'nginx:1.29' }], terminationGracePeriodSeconds: 0 },
      },
    },
  })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), `${namespace}-`))
    cluster = openCluster({ credentials: operatorCredentials({ paths: [testKubeconfig ?? ''] }), rules })
    const here = (marks: Record<string, string> = {}) =>
      Object.fromEntries(Object.entries(marks).map(([name, value]) => [name, value.replace('NS', namespace)]))
    await applyAll('namespaces', [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: full } },
    ])
    const marked = [...MARKED, ...LOOK_ALIKES].map(({ name, labels, annotations }) =>
      deployment(name, { labels: here(labels), annotations: here(annotations) }, namespace, 0),
    )
    await applyAll('objects', [
      ...marked,
      deployment('owner'),
      deployment('autoscaled'),
      deployment('budgeted'),
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'autoscaled', namespace },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'autoscaled' },
          ...{ minReplicas: 2, maxReplicas: 4 },
        },
      },
      // Targets of other kinds or names, and budgets of other pods: they concern no object here.
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'plain', namespace },
        spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'plain' }, maxReplicas: 3 },
      },
      {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'budgeted', namespace },
        spec: { minAvailable: '100%', selector: { matchLabels: { app: 'budgeted' } } },
      },
      {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'team', namespace: full },
        spec: { hard: { pods: '2' } },
      },
    ])
    await applyAll('full', [deployment('tight', {}, full)])
    const wait = (...args: string[]) => kubectl('wait', '--timeout=60s', ...args)
    await wait('--for=jsonpath={.status.used.pods}=2', 'quota/team', '-n', full)
    await wait('--for=condition=Available', 'deployment/owner', 'deployment/budgeted', '-n', namespace)
  })
  afterAll(async () => {
    await cluster?.close()
    await kubectl('delete', 'namespace', namespace, full, '--wait=false', '--ignore-not-found')
    await rm(folder, { recursive: true, force: true })
  })

  describe.for(MARKED)('$name', (ownership) => {
    it.for(WRITES)('is named by a %s, and nobody else is (writes-20 to writes-23)', async (kind) => {
      const of = await resource('deployments')
      const found = await notes(await write(kind, of, await live('deployments', ownership.name)))
      expect(found.text).toMatch(kind === 'delete' ? ownership.delete : ownership.update)
      expect(found.codes.filter((code) => !ownership.codes.test(code))).toEqual([])
    })
  })

  describe.for(LOOK_ALIKES)('$name', ({ name }) => {
    it.for(WRITES)('has no owner by a %s', async (kind) => {
      const of = await resource('deployments')
      expect(await notes(await write(kind, of, await live('deployments', name)))).toEqual({ text: '', codes: [] })
    })
  })

  it.for([
    ['scale', /^Belongs to Deployment owner, which sets the replicas back\./],
    ['patch', /^Belongs to Deployment owner: its next rollout replaces this ReplicaSet\./],
    ['apply', /^Belongs to Deployment owner: its next rollout replaces this ReplicaSet\./],
    ['delete', /^Belongs to Deployment owner: it is created again, with new pods\./],
  ] as const)('names the Deployment of a ReplicaSet by a %s', async ([kind, text]) => {
    const of = await resource('replicasets')
    const { ownerReferences } = (await podOf('owner')).metadata
    const found = await notes(await write(kind, of, await live('replicasets', ownerReferences?.[0]?.name ?? '')))
    expect(found.text).toMatch(text)
    expect(found.codes.filter((code) => !code.startsWith('owner-'))).toEqual([])
    if (kind !== 'delete') expect(found.text).toContain('The lasting change belongs in Deployment owner.')
  })

  it('names the Deployment of a pod, two owners above it', async () => {
    const of = await resource('pods')
    const pod = await podOf('owner')
    const { text } = await notes({ operation: deleteOf(of, pod) })
    expect(text).toBe('Belongs to Deployment owner: another pod is created in its place.')
    expect((await notes({ operation: evictOf(of, pod) })).text).toBe(text)
  })

  it.for([
    [
      'scale',
      5,
      'The autoscaler keeps 2 to 4 replicas: 5 will be set back. Change HorizontalPodAutoscaler autoscaled instead.',
    ],
    ['scale', 3, 'HorizontalPodAutoscaler autoscaled keeps 2 to 4 replicas and may change 3 again.'],
    [
      'scale',
      0,
      'HorizontalPodAutoscaler autoscaled keeps 2 to 4 replicas and is switched off as long as there are 0.',
    ],
    ['patch', 0, 'The replicas are set by HorizontalPodAutoscaler autoscaled: 2 to 4.'],
    ['apply', 0, 'The replicas are set by HorizontalPodAutoscaler autoscaled: 2 to 4.'],
    ['delete', 0, 'HorizontalPodAutoscaler autoscaled stays, without a target.'],
  ] as const)('names the autoscaler by a %s to %i (writes-24)', async ([kind, replicas, text]) => {
    const of = await resource('deployments')
    expect(await notes(await write(kind, of, await live('deployments', 'autoscaled'), replicas))).toMatchObject({
      text,
    })
  })

  it.for([
    ['scale', /Scaling is not stopped by it\.$/],
    ['patch', /A rollout is not stopped by it\.$/],
    ['apply', /A rollout is not stopped by it\.$/],
    ['delete', /A delete is not stopped by it\.$/],
  ] as const)('names the disruption budget of the pods that go by a %s (writes-25)', async ([kind, text]) => {
    const of = await resource('deployments')
    const found = await notes(await write(kind, of, await live('deployments', 'budgeted'), 1))
    expect(found.text).toMatch(/^PodDisruptionBudget budgeted covers its pods\. Allowed disruptions: 0\./)
    expect(found.text).toMatch(text)
    expect(found.codes).toHaveLength(1)
  })

  it('tells of a pod that its disruption budget stops evictions and no deletes (writes-25)', async () => {
    const of = await resource('pods')
    const pod = await podOf('budgeted')
    expect((await notes({ operation: deleteOf(of, pod) })).text).toContain(
      'PodDisruptionBudget budgeted covers it. Allowed disruptions: 0. A delete is not stopped by it.',
    )
    expect((await notes({ operation: evictOf(of, pod) })).text).toContain(
      'The eviction is refused as long as that is 0.',
    )
  })

  it.for([
    ['scale', /^ResourceQuota team: 2 of 2 pods are used\. None of 3 new pods will be created\./],
    [
      'patch',
      /^ResourceQuota team: 2 of 2 pods are used\. The rollout cannot continue: there is no room for a new pod\./,
    ],
    [
      'apply',
      /^ResourceQuota team: 2 of 2 pods are used\. The rollout cannot continue: there is no room for a new pod\./,
    ],
    ['delete', /^$/],
  ] as const)('names the quota that blocks a %s', async ([kind, text]) => {
    const of = await resource('deployments')
    expect((await notes(await write(kind, of, await live('deployments', 'tight', full)))).text).toMatch(text)
  })

  it('names the quota that refuses a pod', async () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one', namespace: full }, spec: { containers: [] } }
    const { text } = await notes({ operation: applyOf(await resource('pods'), undefined, pod) })
    expect(text).toBe('ResourceQuota team refuses it: 2 of 2 pods are used, and it needs 1 more.')
  })
})
