/** What a change does to running pods, and fields that cannot change. */
import { describe, expect, it } from 'vitest'
import { immutableNote } from '../../../../../mcp/changes/consequences'
import { rolloutNotes } from '../../../../../mcp/changes/consequences/rollout'
import { effectOf } from '../../../../../mcp/changes/managers/effect'
import type { ApiResource, KubeObject } from '../../../../../mcp/kubernetes/types'
import { patchOf, resourceOf } from '../../../../support/mcp/operations'

const live = (kind: string, spec: object, more: object = {}): KubeObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec: { template: { spec: { containers: [{ name: 'main', image: 'nginx:1' }] } }, ...spec },
  ...more,
})

const image = { spec: { template: { spec: { containers: [{ name: 'main', image: 'nginx:2' }] } } } }

function texts(resource: ApiResource, object: KubeObject, patch: object = image): string[] {
  const operation = patchOf(resource, object, patch)
  const change = { operation, object, owners: [], effect: effectOf(operation) }
  return rolloutNotes(change).map(({ text }) => text)
}

describe('a change of the pod template', () => {
  it.for([
    ['Deployment', { replicas: 1 }, 'Restarts 1 pod, 1 at a time, each after its replacement is ready.'],
    ['Deployment', { replicas: 8 }, 'Restarts 8 pods, some at a time: at most 2 are unavailable.'],
    [
      'Deployment',
      { replicas: 2, strategy: { rollingUpdate: { maxUnavailable: '100%' } } },
      'Restarts 2 pods, all at once: all of them may be unavailable at the same time.',
    ],
    [
      'Deployment',
      { replicas: 3, strategy: { type: 'Recreate' } },
      'Restarts 3 pods, all at once: it is not available until the new pods are ready (strategy Recreate).',
    ],
    [
      'Deployment',
      { replicas: 3, paused: true },
      'The rollout is paused: the pods keep the old template until it is resumed.',
    ],
    ['StatefulSet', { replicas: 3 }, 'Restarts 3 pods, some at a time.'],
    [
      'StatefulSet',
      { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } },
      'Restarts 1 pod of 3: the partition is 2.',
    ],
    [
      'StatefulSet',
      { replicas: 3, updateStrategy: { type: 'OnDelete' } },
      'The pods keep the old template until they are deleted: the update strategy is OnDelete.',
    ],
    ['ReplicaSet', { replicas: 3 }, 'The pods that run keep the old template; only new ones have the change.'],
  ] as const)('of a %s with %j', ([kind, spec, text]) => {
    expect(texts(resourceOf(kind), live(kind, spec))).toEqual([text])
  })

  it('restarts the pods of a DaemonSet on each node', () => {
    const set = live('DaemonSet', {}, { status: { desiredNumberScheduled: 4 } })
    expect(texts(resourceOf('DaemonSet'), set)).toEqual(['Restarts 4 pods, some at a time.'])
  })

  it('restarts nothing if there are no pods, or the template stays', () => {
    expect(texts(resourceOf('Deployment'), live('Deployment', { replicas: 0 }))).toEqual([])
    expect(texts(resourceOf('Deployment'), live('Deployment', { replicas: 3 }), { spec: { replicas: 5 } })).toEqual([])
  })

  it('of a CronJob is for the next Job', () => {
    const object = live('CronJob', { jobTemplate: { spec: {} } })
    const patch = { spec: { jobTemplate: image } }
    expect(texts(resourceOf('CronJob', 'batch'), object, patch)).toEqual([
      'The next Job has the change; Jobs that run keep the old template.',
    ])
  })

  it('rolls out what waited when a Deployment is resumed', () => {
    const paused = live('Deployment', { replicas: 3, paused: true })
    expect(texts(resourceOf('Deployment'), paused, { spec: { paused: false } })).toEqual([
      'Changes that have waited are rolled out.',
    ])
  })
})

describe('fields that cannot be changed', () => {
  it.for([
    ['Deployment', { spec: { selector: { matchLabels: { a: 'b' } } } }, 'spec.selector.matchLabels.a'],
    ['Job', image, 'spec.template.spec.containers'],
    ['StatefulSet', { spec: { serviceName: 'other' } }, 'spec.serviceName'],
    ['StatefulSet', image, undefined],
    ['PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteMany'] } }, 'spec.accessModes'],
    ['PersistentVolumeClaim', { spec: { resources: { requests: { storage: '2Gi' } } } }, undefined],
    ['RoleBinding', { roleRef: { name: 'admin' } }, 'roleRef.name'],
    ['Service', { spec: { type: 'NodePort' } }, undefined],
  ] as const)('of a %s by %j: %s (writes-16)', ([kind, patch, fields]) => {
    const note = immutableNote(patchOf(resourceOf(kind), live(kind, {}), patch))
    expect(note?.params.fields).toBe(fields)
  })

  it('are the data of an immutable ConfigMap', () => {
    const map: KubeObject = { ...live('ConfigMap', {}), immutable: true, data: { a: '1' } }
    expect(immutableNote(patchOf(resourceOf('ConfigMap', ''), map, { data: { a: '2' } }))?.params.fields).toBe('data.a')
    expect(
      immutableNote(patchOf(resourceOf('ConfigMap', ''), map, { metadata: { labels: { a: 'b' } } })),
    ).toBeUndefined()
  })
})
