/** A rollout takes its time: only a late one is reported by itself. */
import { describe, expect, it } from 'vitest'
import { workloadShort } from '../../../../mcp/diagnose/checks/workloads/workload-short'
import { slim } from '../../../../mcp/diagnose/world/slim'
import { World } from '../../../../mcp/diagnose/world/world'
import type { KubeObject } from '../../../../mcp/kubernetes/types'

const NOW = Date.parse('2026-11-29T12:00:00Z')
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString()

const set = (...writes: object[]): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: {
    name: 'db',
    namespace: 'a',
    creationTimestamp: ago(9e6),
    managedFields: writes.map((write) => ({
      manager: 'kubectl',
      operation: 'Update',
      fieldsV1: { 'f:spec': {} },
      ...write,
    })),
  },
  spec: { replicas: 3 },
  status: { replicas: 3, readyReplicas: 2 },
})

const pod = (seconds: number): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'db-2',
    namespace: 'a',
    creationTimestamp: ago(seconds),
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', controller: true }],
  },
  status: { phase: 'Pending' },
})

function isOnlyAsEffect(object: KubeObject, pods: KubeObject[] = []): (true | undefined)[] {
  const objects = new Map([
    ['apps/StatefulSet', [slim(object)]],
    ['Pod', pods.map(slim)],
  ])
  return workloadShort.find(new World({ now: NOW, objects, events: [] })).map(({ onlyAsEffect }) => onlyAsEffect)
}

describe('a StatefulSet with fewer pods than it wants', () => {
  it('is no finding of its own a moment after it was edited', () => {
    expect(isOnlyAsEffect(set({ time: ago(10) }))).toEqual([true])
    expect(isOnlyAsEffect(set({ time: ago(3000) }))).toEqual([undefined])
  })

  it('is no finding of its own a moment after it was scaled, by its youngest pod', () => {
    const scaled = set({ subresource: 'scale' }, { subresource: 'status', time: ago(1) })
    expect(isOnlyAsEffect(scaled, [pod(10)])).toEqual([true])
    expect(isOnlyAsEffect(scaled, [pod(3000)])).toEqual([undefined])
  })

  it('keeps of its managed fields the times alone', () => {
    expect(slim(set({ time: ago(10) })).metadata.managedFields).toEqual([{ time: ago(10) }])
  })
})
