/** Side effects of deletions and changes on a real API server. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consequencesOf } from '../../../mcp/changes/consequences'
import type { Operation } from '../../../mcp/changes/types'
import { openCluster, type OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/connection/operator-credentials'
import { textAt } from '../../../mcp/kubernetes/read/fields'
import { listObjects } from '../../../mcp/kubernetes/list/list'
import { getObject } from '../../../mcp/kubernetes/list/object'
import type { ApiResource, KubeObject } from '../../../mcp/kubernetes/types'
import { hasKubectl, testKubeconfig } from '../../support/app'
import { deleteOf, patchOf, scaleOf } from '../../support/mcp/operations'

const run = promisify(execFile)
const signal = () => AbortSignal.timeout(30_000)
const rules = { deniedKinds: new Set<string>(), deniedNamespaces: new Set<string>() }

describe.skipIf(!testKubeconfig || !hasKubectl())('what else happens with a change', () => {
  const id = randomUUID().slice(0, 8)
  const namespace = `assistant-test-${id}`
  const group = `g${id}.example.com`
  let folder: string
  let cluster: OpenCluster

  const kubectl = async (...args: string[]) =>
    (await run('kubectl', ['--kubeconfig', testKubeconfig ?? '', ...args], { maxBuffer: 1 << 26 })).stdout

  async function create(name: string, objects: object[]): Promise<void> {
    const path = join(folder, `${name}.json`)
    await writeFile(path, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
    await kubectl('create', '-f', path)
  }

  const resource = async (kind: string): Promise<ApiResource> => (await cluster.discovery.find(kind, signal())).resource

  async function live(kind: string, name: string): Promise<KubeObject> {
    return getObject(cluster, { resource: await resource(kind), namespace, name, signal: signal() })
  }

  async function podOf(app: string): Promise<KubeObject> {
    const request = { resource: await resource('pods'), namespace, labelSelector: `app=${app}`, signal: signal() }
    const [first] = (await listObjects(cluster, request)).items
    if (!first) throw new Error(`no pod of ${app}`)
    return first
  }

  async function consequences(operation: Operation) {
    const { notes, deletes, confirm } = await consequencesOf(operation, cluster, signal())
    return { texts: notes.map(({ text }) => text), deletes, confirm }
  }

  async function deletion(kind: string, name: string, options: Record<string, unknown> = {}) {
    return consequences(deleteOf(await resource(kind), await live(kind, name), options))
  }

  const workload = (kind: string, name: string, spec: object = {}, pod: object = {}) => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image: 'nginx:1.29' }], terminationGracePeriodSeconds: 0, ...pod },
      },
      ...spec,
    },
  })

  const claim = (name: string, volume: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: '',
      volumeName: volume,
      resources: { requests: { storage: '1Gi' } },
    },
  })

  const volume = (name: string, policy: string, claimed: string) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      storageClassName: '',
      persistentVolumeReclaimPolicy: policy,
      claimRef: { namespace, name: claimed },
      hostPath: { path: '/tmp/none' },
    },
  })

  const template = (name: string) => ({
    metadata: { name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), `${namespace}-`))
    cluster = openCluster({ credentials: operatorCredentials({ paths: [testKubeconfig ?? ''] }), rules })
    await create('namespace', [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }])
    await create('objects', [
      workload('Deployment', 'web'),
      workload('Deployment', 'other', { replicas: 1 }),
      workload('Deployment', 'single', { replicas: 2, strategy: { type: 'Recreate' } }),
      workload('StatefulSet', 'kept', { serviceName: 'kept', volumeClaimTemplates: [template('data')] }),
      workload('StatefulSet', 'dropped', {
        serviceName: 'dropped',
        podManagementPolicy: 'Parallel',
        volumeClaimTemplates: [template('data')],
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' },
      }),
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web', namespace },
        spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
      },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'shop', namespace },
        spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
      },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'held', namespace, finalizers: ['example.com/keep'] } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace } },
      workload(
        'Deployment',
        'reader',
        { replicas: 1 },
        {
          volumes: [
            { name: 'settings', configMap: { name: 'settings' } },
            { name: 'scratch', emptyDir: {} },
          ],
        },
      ),
      volume(`${namespace}-lost`, 'Delete', 'lost'),
      volume(`${namespace}-safe`, 'Retain', 'safe'),
      claim('lost', `${namespace}-lost`),
      claim('safe', `${namespace}-safe`),
    ])
    await create('kind', [
      {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `widgets.${group}` },
        spec: {
          group,
          scope: 'Namespaced',
          names: { kind: 'Widget', plural: 'widgets', singular: 'widget' },
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
        },
      },
    ])
    const wait = (...args: string[]) => kubectl('wait', '--timeout=60s', ...args)
    await wait('--for=condition=Established', `crd/widgets.${group}`)
    await create(
      'widgets',
      ['a', 'b', 'c'].map((name) => ({ apiVersion: `${group}/v1`, kind: 'Widget', metadata: { name, namespace } })),
    )
    await wait('--for=condition=Available', 'deployment/web', 'deployment/other', 'deployment/reader', '-n', namespace)
    await wait('--for=jsonpath={.status.phase}=Bound', 'pvc/lost', 'pvc/safe', '-n', namespace)
    await wait('--for=create', 'pvc/data-kept-0', 'pvc/data-dropped-2', 'pod/dropped-2', '-n', namespace)
  })
  afterAll(async () => {
    await cluster?.close()
    await kubectl('patch', 'configmap', 'held', '-n', namespace, '-p', '{"metadata":{"finalizers":null}}')
    await kubectl('delete', 'namespace', namespace, '--wait=false', '--ignore-not-found')
    await kubectl('delete', 'crd', `widgets.${group}`, '--wait=false', '--ignore-not-found')
    await kubectl('delete', 'pv', `${namespace}-lost`, `${namespace}-safe`, '--wait=false', '--ignore-not-found')
    await rm(folder, { recursive: true, force: true })
  })

  it('counts the pods and the ReplicaSet of a Deployment, and names the Service without pods', async () => {
    const { texts, deletes, confirm } = await deletion('deployments', 'web')
    expect(texts).toContain('Also deletes 3 pods, 1 ReplicaSet.')
    expect(texts).toContain('Service web will have no pods.')
    expect({ deletes, confirm }).toEqual({ deletes: 5, confirm: 'web' })
  })

  it('tells what stays if the owned objects are orphaned', async () => {
    const { texts, deletes, confirm } = await deletion('deployments', 'web', { propagationPolicy: 'Orphan' })
    expect(texts).toContain('Keeps what it owns, which then belongs to nobody: 3 pods, 1 ReplicaSet.')
    expect({ deletes, confirm }).toEqual({ deletes: 1, confirm: undefined })
  })

  it('does not ask for a name to delete one pod', async () => {
    const pod = await podOf('web')
    const { texts, deletes, confirm } = await consequences(deleteOf(await resource('pods'), pod))
    expect(texts).toEqual([])
    expect({ deletes, confirm }).toEqual({ deletes: 1, confirm: undefined })
  })

  it('tells that data in an emptyDir volume is lost with a pod', async () => {
    const pod = await podOf('reader')
    const { texts } = await consequences(deleteOf(await resource('pods'), pod))
    expect(texts).toContain('Data in its emptyDir volumes is lost: scratch.')
  })

  it('keeps the claims of a StatefulSet, or deletes them by its retention policy', async () => {
    expect((await deletion('statefulsets', 'kept')).texts).toContain('Keeps 1 PersistentVolumeClaim with the data.')
    const dropped = await deletion('statefulsets', 'dropped')
    expect(dropped.texts[0]).toMatch(/^Also deletes 3 PersistentVolumeClaims, 3 pods/)
    // The set, 3 pods and 3 claims.
    expect(dropped).toMatchObject({ deletes: 7, confirm: 'dropped' })
  })

  it('names the claims that go when a StatefulSet is scaled down', async () => {
    const { texts } = await consequences(
      scaleOf(await resource('statefulsets'), await live('statefulsets', 'dropped'), 1),
    )
    expect(texts).toEqual([
      'Deletes 2 of 3 pods.',
      'Also deletes 2 PersistentVolumeClaims: the retention policy is Delete.',
    ])
  })

  it('tells whether the data of a claim is lost', async () => {
    const lost = await deletion('pvc', 'lost')
    expect(lost.texts).toContain('The data of 1 volume is lost: the reclaim policy is Delete. This cannot be undone.')
    expect(lost.confirm).toBe('lost')
    const safe = await deletion('pvc', 'safe')
    expect(safe.texts).toContain('The data of 1 volume is kept: the reclaim policy is Retain.')
    expect(safe.confirm).toBeUndefined()
  })

  it('tells before a delete that a finalizer keeps the object (writes-14)', async () => {
    expect((await deletion('configmaps', 'held')).texts).toContain(
      'It will be marked for deletion and stays until its finalizers are removed: example.com/keep.',
    )
  })

  it('names the pods that use a ConfigMap and the Ingress in front of a Service', async () => {
    expect((await deletion('configmaps', 'settings')).texts).toContain(
      'In use by 1 pod: the next pod that needs it does not start.',
    )
    expect((await deletion('services', 'web')).texts).toContain('Requests through Ingress shop fail then.')
  })

  it('counts the contents of a namespace, and asks for its name (writes-10)', async () => {
    const object = await getObject(cluster, {
      resource: await resource('namespaces'),
      name: namespace,
      signal: signal(),
    })
    const { texts, deletes, confirm } = await consequences(deleteOf(await resource('namespaces'), object))
    const exact = await kubectl('get', 'pods,pvc,deploy,sts,widgets', '-n', namespace, '-o', 'name')
    const count = (kind: string) => exact.split('\n').filter((line) => line.startsWith(`${kind}/`)).length
    expect(texts[0]).toContain(`Also deletes all in namespace ${namespace}`)
    expect(texts[0]).toContain(`${count('pod')} pods`)
    expect(texts[0]).toContain(`${count('persistentvolumeclaim')} PersistentVolumeClaims`)
    expect(texts[0]).toContain(`${count('deployment.apps')} Deployments`)
    expect(texts).toContain('The data of 1 volume is lost: the reclaim policy is Delete. This cannot be undone.')
    expect(texts).toContain('The data of 1 volume is kept: the reclaim policy is Retain.')
    expect(texts.at(-1)).toBe('This cannot be undone.')
    expect(confirm).toBe(namespace)
    expect(deletes).toBeGreaterThan(20)
  })

  it('counts all objects of a kind whose definition is deleted', async () => {
    const { texts, deletes, confirm } = await deletion('crd', `widgets.${group}`)
    expect(texts).toContain('Also deletes 3 Widgets: all that there are, in all namespaces.')
    expect({ deletes, confirm }).toEqual({ deletes: 4, confirm: `widgets.${group}` })
  })

  it('counts the pods of a node', async () => {
    const name = textAt(await podOf('web'), 'spec', 'nodeName')
    const object = await getObject(cluster, { resource: await resource('nodes'), name, signal: signal() })
    const { texts, confirm } = await consequences(deleteOf(await resource('nodes'), object))
    expect(texts.join(' ')).toMatch(/Also deletes \d+ pods? on it\./)
    expect(confirm).toBe(name)
  })

  it.for([
    ['web', 'Restarts 3 pods, 1 at a time, each after its replacement is ready.'],
    ['single', 'Restarts 2 pods, all at once: it is not available until the new pods are ready (strategy Recreate).'],
  ] as const)('tells which pods of %s a new image restarts', async ([name, text]) => {
    const spec = { template: { spec: { containers: [{ name: 'main', image: 'nginx:1.30' }] } } }
    const { texts } = await consequences(
      patchOf(await resource('deployments'), await live('deployments', name), { spec }),
    )
    expect(texts).toEqual([text])
  })

  it('restarts nothing by a label of the Deployment itself', async () => {
    const patch = { metadata: { labels: { team: 'shop' } } }
    const { texts } = await consequences(
      patchOf(await resource('deployments'), await live('deployments', 'web'), patch),
    )
    expect(texts).toEqual([])
  })

  it('names the Service that loses its pods by a scale to 0', async () => {
    const { texts } = await consequences(scaleOf(await resource('deployments'), await live('deployments', 'web'), 0))
    expect(texts).toEqual(['Deletes all 3 pods: none remains.', 'Service web will have no pods.'])
  })

  it('hints at a field that cannot be changed', async () => {
    const patch = { spec: { selector: { matchLabels: { app: 'new' } } } }
    const { texts } = await consequences(
      patchOf(await resource('deployments'), await live('deployments', 'web'), patch),
    )
    expect(texts).toEqual([
      'These fields of a Deployment cannot be changed: spec.selector.matchLabels.app. Delete it and create it again.',
    ])
  })
})
