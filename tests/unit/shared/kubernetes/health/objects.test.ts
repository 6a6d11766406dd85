import { describe, expect, it } from 'vitest'
import type { KubeObject } from '../../../../../shared/kubernetes/object'
import { hasHealth, needsObject, objectHealth, relatedOf } from '../../../../../shared/kubernetes/health'
import { NOW, object, objects } from './fixtures'

const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString()

describe('workloads', () => {
  const health = (kind: string, name: string) => objectHealth(object('workloads.yaml', kind, name), { now: NOW })

  it.each([
    ['health-20', 'Deployment', 'past-deadline', 'bad'],
    ['health-21', 'Deployment', 'rolling', 'waiting'],
    ['health-22', 'Deployment', 'scaled-to-zero', 'ok'],
    ['health-23', 'Deployment', 'paused', 'ok'],
    ['health-24', 'StatefulSet', 'short', 'bad'],
    ['health-25', 'DaemonSet', 'agent', 'bad'],
    ['health-25', 'DaemonSet', 'no-nodes', 'ok'],
    ['health-26', 'Job', 'running', 'waiting'],
    ['health-27', 'Job', 'second-try', 'ok'],
    ['health-28', 'Job', 'gave-up', 'bad'],
    ['health-29', 'CronJob', 'suspended', 'ok'],
    ['health-30', 'HorizontalPodAutoscaler', 'no-metrics', 'bad'],
    ['health-31', 'HorizontalPodAutoscaler', 'at-minimum', 'ok'],
  ])('(%s) calls %s %s %s', (_, kind, name, verdict) => {
    expect(health(kind, name).verdict).toBe(verdict)
  })

  it('gives the reason of the condition (health-20, health-28, health-30)', () => {
    expect(health('Deployment', 'past-deadline').reason?.text).toContain(
      'ProgressDeadlineExceeded: ReplicaSet "past-deadline-5d9"',
    )
    expect(health('Job', 'gave-up').reason?.text).toContain('BackoffLimitExceeded')
    expect(health('HorizontalPodAutoscaler', 'no-metrics').reason?.text).toContain(
      'unable to get metrics for resource cpu',
    )
  })

  it('gives counts as reasons', () => {
    expect(health('Deployment', 'rolling').reason?.text).toBe('2 of 3 replicas available')
    expect(health('StatefulSet', 'short').reason?.text).toBe('2 of 3 replicas ready')
    expect(health('Job', 'running').reason?.text).toBe('0 of 1 done, 1 active')
  })

  it('notes what rests on purpose (health-23, health-29)', () => {
    expect(health('Deployment', 'paused').notes.map(({ text }) => text)).toEqual(['paused'])
    expect(health('CronJob', 'suspended').notes.map(({ text }) => text)).toEqual(['suspended'])
  })

  it('waits for replicas that were asked for a moment ago, and not for those asked for long ago', () => {
    const set = (seconds: number): KubeObject => ({
      ...object('workloads.yaml', 'StatefulSet', 'short'),
      metadata: {
        name: 'short',
        creationTimestamp: ago(9e6),
        managedFields: [
          { manager: 'kubectl', subresource: 'scale', time: ago(seconds) },
          { manager: 'kube-controller-manager', subresource: 'status', time: ago(1) },
        ],
      },
    })
    expect(objectHealth(set(30), { now: NOW }).verdict).toBe('waiting')
    expect(objectHealth(set(3000), { now: NOW }).verdict).toBe('bad')
  })

  describe('scaled at an unknown time', () => {
    const set = (status: number): KubeObject => ({
      ...object('workloads.yaml', 'StatefulSet', 'short'),
      metadata: {
        name: 'short',
        namespace: 'shop',
        creationTimestamp: ago(9e6),
        managedFields: [
          { manager: 'kubectl', operation: 'Update', subresource: 'scale' },
          { manager: 'kube-controller-manager', operation: 'Update', subresource: 'status', time: ago(status) },
        ],
      },
    })
    const pod = (seconds: number, kind = 'StatefulSet', name = 'short'): KubeObject => ({
      kind: 'Pod',
      metadata: {
        name: `${name}-${seconds}`,
        namespace: 'shop',
        creationTimestamp: ago(seconds),
        labels: { 'pod-template-hash': '5d9' },
        ownerReferences: [{ apiVersion: 'apps/v1', kind, name }],
      },
    })
    const verdict = (workload: KubeObject, pods?: KubeObject[]) =>
      objectHealth(workload, { now: NOW, related: relatedOf({ pods }) }).verdict

    it('waits for the first changes of the status', () => {
      expect(verdict(set(1))).toBe('waiting')
      expect(verdict(set(3000))).toBe('bad')
    })

    it('waits for the youngest pod, not for a status that a failing pod changes', () => {
      expect(verdict(set(1), [pod(9000), pod(20)])).toBe('waiting')
      expect(verdict(set(1), [pod(9000), pod(3000)])).toBe('bad')
    })

    it('knows the pods of a Deployment by the hash of their template', () => {
      const deployment: KubeObject = {
        ...set(1),
        ...{ apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 2 }, status: { availableReplicas: 1 } },
      }
      expect(verdict(deployment, [pod(20, 'ReplicaSet', 'short-5d9')])).toBe('waiting')
      expect(verdict(deployment, [pod(3000, 'ReplicaSet', 'short-5d9')])).toBe('bad')
    })
  })

  it('calls a complete Deployment that lost pods bad once they are gone for a while', () => {
    const lost = (seconds: number): KubeObject => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', creationTimestamp: ago(9e6) },
      spec: { replicas: 3 },
      status: {
        availableReplicas: 2,
        updatedReplicas: 3,
        conditions: [
          { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
          { type: 'Available', status: 'False', lastTransitionTime: ago(seconds) },
        ],
      },
    })
    expect(objectHealth(lost(20), { now: NOW }).verdict).toBe('waiting')
    expect(objectHealth(lost(2000), { now: NOW }).verdict).toBe('bad')
  })
})

describe('storage, network and nodes', () => {
  const FILE = 'storage-network.yaml'
  const all = objects(FILE)
  const related = relatedOf({
    endpointSlices: all.filter((one) => one.kind === 'EndpointSlice'),
    storageClasses: all.filter((one) => one.kind === 'StorageClass'),
    pods: [],
  })
  const health = (kind: string, name: string) => objectHealth(object(FILE, kind, name), { now: NOW, related })

  it.each([
    ['health-40', 'PersistentVolumeClaim', 'bound', 'ok'],
    ['health-41', 'PersistentVolumeClaim', 'for-first-consumer', 'waiting'],
    ['health-42', 'PersistentVolumeClaim', 'no-class', 'bad'],
    ['health-43', 'Service', 'selects-nothing', 'bad'],
    ['health-44', 'Service', 'external', 'ok'],
    ['health-44', 'Service', 'no-selector', 'ok'],
    ['health-45', 'Service', 'lb', 'bad'],
    ['health-46', 'Node', 'tired', 'bad'],
    ['health-47', 'Node', 'cordoned', 'ok'],
    ['health-48', 'Node', 'gone', 'bad'],
    ['health-49', 'Namespace', 'stuck', 'bad'],
    ['health-50', 'PodDisruptionBudget', 'tight', 'ok'],
  ])('(%s) calls %s %s %s', (_, kind, name, verdict) => {
    expect(health(kind, name).verdict).toBe(verdict)
  })

  it('gives reasons and notes', () => {
    expect(health('PersistentVolumeClaim', 'no-class').reason?.text).toBe(
      'Pending: there is no storage class no-such-class',
    )
    expect(health('Service', 'selects-nothing').reason?.text).toContain('app=cartt')
    expect(health('Node', 'tired').reason?.text).toContain('MemoryPressure')
    expect(health('Node', 'cordoned').notes.map(({ text }) => text)).toEqual(['cordoned'])
    expect(health('Namespace', 'stuck').reason?.text).toBe(
      'Terminating for 120m: Some content in the namespace has finalizers remaining: example.com/keep in 1 resource instances',
    )
    expect(health('PodDisruptionBudget', 'tight').notes.map(({ text }) => text)).toEqual(['allows no disruption'])
  })

  it('waits a minute for a load balancer (health-45)', () => {
    const lb = object(FILE, 'Service', 'lb')
    const young = { ...lb, metadata: { ...lb.metadata, creationTimestamp: ago(60) } }
    expect(objectHealth(young, { now: NOW, related }).verdict).toBe('waiting')
  })

  it('does not wait for ever once a pod uses the claim', () => {
    const claim = object(FILE, 'PersistentVolumeClaim', 'for-first-consumer')
    const pod: KubeObject = {
      metadata: { name: 'db-0', namespace: 'data' },
      spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'for-first-consumer' } }] },
    }
    const used = { ...related, ...relatedOf({ pods: [pod] }) }
    expect(objectHealth(claim, { now: NOW, related: used }).verdict).toBe('bad')
  })

  it('never calls a Service or a claim bad because of unread objects', () => {
    const without = (kind: string, name: string) => objectHealth(object(FILE, kind, name), { now: NOW }).verdict
    expect(without('Service', 'selects-nothing')).toBe('ok')
    expect(without('PersistentVolumeClaim', 'no-class')).toBe('unknown')
    expect(without('PersistentVolumeClaim', 'for-first-consumer')).toBe('unknown')
  })
})

describe('custom kinds by their conditions', () => {
  const health = (name: string) => objectHealth(object('conditions.yaml', 'Tenant', name), { now: NOW })

  it.each([
    ['health-80', 'ready', 'ok'],
    ['health-81', 'not-ready', 'bad'],
    ['health-82', 'reconciling', 'waiting'],
    ['health-83', 'stalled', 'bad'],
    ['health-84', 'old-generation', 'waiting'],
    ['health-85', 'silent', 'unknown'],
  ])('(%s) calls %s %s', (_, name, verdict) => {
    expect(health(name).verdict).toBe(verdict)
  })

  it('gives reason and message (health-81, health-83)', () => {
    expect(health('not-ready').reason?.text).toBe('QuotaExceeded: quota of 3 namespaces is used up')
    expect(health('stalled').reason?.text).toBe('InvalidSpec: spec.plan gold is unknown')
  })

  const tenant = (status: object, metadata: object = {}): KubeObject => ({
    apiVersion: 'example.com/v1',
    kind: 'Tenant',
    metadata: { name: 't', ...metadata },
    status,
  })
  const verdict = (status: object, metadata: object = {}) =>
    objectHealth(tenant(status, metadata), { now: NOW }).verdict
  const conditions = (...list: [string, string][]) => ({ conditions: list.map(([type, status]) => ({ type, status })) })

  it.each(['Ready', 'Available', 'Synced', 'Healthy', 'Established'])(
    'calls %s False bad and Unknown waiting',
    (type) => {
      expect(verdict(conditions([type, 'False']))).toBe('bad')
      expect(verdict(conditions([type, 'Unknown']))).toBe('waiting')
      expect(verdict(conditions([type, 'True']))).toBe('ok')
    },
  )

  it.each(['Stalled', 'Degraded', 'DiskPressure', 'ReplicaFailure', 'BackupFailed', 'SyncError'])(
    'calls %s bad when it is True, regardless of other conditions',
    (type) => {
      expect(verdict(conditions(['Ready', 'True'], [type, 'True']))).toBe('bad')
      expect(verdict(conditions(['Ready', 'True'], [type, 'False']))).toBe('ok')
    },
  )

  it('leaves conditions of parts to the summary', () => {
    expect(verdict(conditions(['Ready', 'True'], ['BackupReady', 'False']))).toBe('ok')
    expect(verdict(conditions(['ControlPlaneReady', 'False']))).toBe('bad')
    expect(verdict(conditions(['Available', 'True'], ['Upgradeable', 'False'], ['UpdateAvailable', 'False']))).toBe(
      'ok',
    )
  })

  it('reads one-word states and counts of kinds without conditions', () => {
    expect(verdict({ phase: 'PartiallyFailed' })).toBe('bad')
    expect(verdict({ health: { status: 'Healthy' }, sync: { status: 'OutOfSync' } })).toBe('bad')
    expect(verdict({ health: { status: 'Progressing' }, sync: { status: 'Synced' } })).toBe('waiting')
    expect(verdict({ phase: 'Hibernated' })).toBe('unknown')
    expect(verdict({ state: 'attached', robustness: 'degraded' })).toBe('bad')
  })

  it('calls an object bad that should have been gone by its grace period', () => {
    const finalizers = ['example.com/keep']
    expect(verdict(conditions(['Ready', 'True']), { deletionTimestamp: ago(3600), finalizers })).toBe('bad')
    expect(verdict(conditions(['Ready', 'True']), { deletionTimestamp: ago(5), finalizers })).toBe('waiting')
  })

  it('waits for a condition of an object that is seconds old', () => {
    expect(verdict(conditions(['Ready', 'False']), { creationTimestamp: ago(10) })).toBe('waiting')
    expect(verdict(conditions(['Ready', 'False']), { creationTimestamp: ago(1000) })).toBe('bad')
  })
})

describe('which kinds have a health', () => {
  it.each([
    ['', 'ConfigMap'],
    ['', 'Event'],
    ['', 'Secret'],
    ['rbac.authorization.k8s.io', 'Role'],
    ['networking.k8s.io', 'NetworkPolicy'],
    ['storage.k8s.io', 'StorageClass'],
  ])('has none for %s %s', (group, kind) => {
    expect(hasHealth({ group, kind })).toBe(false)
    expect(needsObject({ group, kind })).toBe(false)
  })

  it('needs the object of all that have one but pods', () => {
    expect(hasHealth({ group: '', kind: 'Pod' })).toBe(true)
    expect(needsObject({ group: '', kind: 'Pod' })).toBe(false)
    for (const [group, kind] of [
      ['apps', 'Deployment'],
      ['', 'Node'],
      ['longhorn.io', 'Volume'],
      ['gateway.networking.k8s.io', 'Gateway'],
    ] as const)
      expect(needsObject({ group, kind }), kind).toBe(true)
  })
})
