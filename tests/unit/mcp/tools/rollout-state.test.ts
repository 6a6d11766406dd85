import { describe, expect, it } from 'vitest'
import { rolloutState } from '../../../../mcp/tools/rollout/state'

function workload(kind: string, spec: object, status: object, generation = 2) {
  return { kind, metadata: { name: 'web', generation }, spec, status: { observedGeneration: 2, ...status } }
}

const deployment = (spec: object, status: object) =>
  rolloutState(workload('Deployment', { replicas: 3, ...spec }, status))

describe('rolloutState', () => {
  it('is complete if all replicas are updated and available', () => {
    expect(deployment({}, { replicas: 3, updatedReplicas: 3, availableReplicas: 3 })).toEqual({
      state: 'complete',
      detail: expect.objectContaining({ text: 'Rolled out: 3 of 3 replicas are updated, 3 are available' }),
    })
  })

  it('is in progress while replicas are updated', () => {
    expect(deployment({}, { replicas: 4, updatedReplicas: 1, availableReplicas: 3 })).toMatchObject({
      state: 'in progress',
      detail: { text: '1 of 3 replicas are updated, 3 are available' },
    })
  })

  it('counts old replicas that are still there', () => {
    expect(deployment({}, { replicas: 4, updatedReplicas: 3, availableReplicas: 4 })?.detail.text).toMatch(
      /1 old replicas/,
    )
  })

  it('has failed past its progress deadline, however many old replicas are available', () => {
    const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }]
    const state = deployment(
      { progressDeadlineSeconds: 60 },
      { conditions, replicas: 4, updatedReplicas: 1, availableReplicas: 3 },
    )
    expect(state).toMatchObject({ state: 'failed', detail: { text: expect.stringContaining('60 s') } })
  })

  it('is paused if the Deployment is', () => {
    expect(deployment({ paused: true }, { replicas: 3, updatedReplicas: 1, availableReplicas: 3 })?.state).toBe(
      'paused',
    )
  })

  it('is complete for zero replicas', () => {
    expect(deployment({ replicas: 0 }, {})?.state).toBe('complete')
  })

  it('knows nothing of a change that the controller has not seen', () => {
    const stale = workload('Deployment', { replicas: 3 }, { replicas: 3, updatedReplicas: 3, availableReplicas: 3 }, 3)
    expect(rolloutState(stale)).toMatchObject({
      state: 'in progress',
      detail: { text: expect.stringContaining('not seen') },
    })
  })

  it('follows the revision of a StatefulSet, its partition and OnDelete', () => {
    const counts = { updatedReplicas: 1, readyReplicas: 3, currentRevision: 'web-1', updateRevision: 'web-2' }
    const set = (spec: object, status: object = counts) =>
      rolloutState(workload('StatefulSet', { replicas: 3, ...spec }, status))?.state
    expect(set({})).toBe('in progress')
    expect(set({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } })).toBe('complete')
    expect(set({ updateStrategy: { type: 'OnDelete' } })).toBe('manual')
    expect(set({}, { ...counts, updatedReplicas: 3, currentRevision: 'web-2' })).toBe('complete')
    expect(set({}, { ...counts, readyReplicas: 2 })).toBe('in progress')
  })

  it('counts the nodes of a DaemonSet', () => {
    const set = (available: number) =>
      rolloutState(
        workload('DaemonSet', {}, { desiredNumberScheduled: 5, updatedNumberScheduled: 5, numberAvailable: available }),
      )
    expect(set(4)?.detail.text).toBe('5 of 5 pods are updated, 4 are available')
    expect([set(4)?.state, set(5)?.state]).toEqual(['in progress', 'complete'])
  })

  it('is undefined for other kinds', () => {
    expect(rolloutState(workload('Job', {}, {}))).toBeUndefined()
  })
})
