import { afterEach, describe, expect, it } from 'vitest'
import { existsNow, observe } from '../../../../mcp/changes/observe/observe'
import type { PreparedObject } from '../../../../mcp/changes/prepare'
import type { Operation } from '../../../../mcp/changes/types'
import { startApi, status, type ApiAnswer, type TestApi } from '../../../support/kube/api-server'

let api: TestApi | undefined
afterEach(async () => {
  await api?.close()
  api = undefined
})

const LIMITS = { deletion: 60, rollout: 200, poll: 10 }
/** For what comes to an end by itself. */
const PATIENT = { deletion: 15_000, rollout: 15_000, poll: 10 }
const PATH = '/apis/apps/v1/namespaces/shop/statefulsets/db'

function operation(verb: Operation['verb']): Operation {
  return {
    verb,
    resource: {
      ...{ group: 'apps', version: 'v1', kind: 'StatefulSet', plural: 'statefulsets', singular: 'statefulset' },
      ...{ shortNames: [], namespaced: true, verbs: [] },
    },
    ...{ namespace: 'shop', name: 'db', method: 'PATCH', path: PATH, contentType: 'application/merge-patch+json' },
    ...{ query: {}, body: {}, live: undefined, assigned: [], notes: [] },
  }
}

function prepared(verb: Operation['verb'], field = 'spec'): PreparedObject {
  return {
    operation: operation(verb),
    fresh: { metadata: { name: 'db', uid: 'u1' } },
    result: undefined,
    changes: [{ path: [field, 'x'], before: 1, after: 2, order: [] }],
    digest: '',
    planned: { verb, apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', diff: '+', assigned: [], notes: [] },
  }
}

function object(metadata: object, more: object = {}): ApiAnswer {
  return {
    body: { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db', uid: 'u1', ...metadata }, ...more },
  }
}

async function look(
  verb: Operation['verb'],
  answer: (reads: number) => ApiAnswer | undefined,
  field?: string,
  limits = LIMITS,
) {
  let reads = 0
  api = await startApi(({ path }) => {
    if (path === PATH) return answer(reads++)
    if (path.endsWith('/events')) return { body: { kind: 'EventList', metadata: {}, items: [EVENT] } }
    return undefined
  })
  const context = { cluster: api.cluster(), signal: AbortSignal.timeout(10_000), now: Date.now }
  return { context, seen: await observe(prepared(verb, field), undefined, context, limits), reads: () => reads }
}

const EVENT = {
  metadata: { name: 'e', namespace: 'shop' },
  type: 'Warning',
  reason: 'FailedCreate',
  message:
    'create Pod db-1 in StatefulSet db failed error: pods "db-1" is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2',
  involvedObject: { kind: 'StatefulSet', name: 'db', namespace: 'shop', uid: 'u1', apiVersion: 'apps/v1' },
  lastTimestamp: new Date().toISOString(),
  count: 3,
}

describe('a deletion, looked at afterwards', () => {
  it('is done once the object is gone', async () => {
    const answer = (count: number) => (count < 2 ? object({ deletionTimestamp: 'x' }) : undefined)
    const { seen, reads } = await look('delete', answer, undefined, PATIENT)
    expect(seen).toEqual({ state: 'deleted', notes: [] })
    expect(reads()).toBe(3)
  })

  it('waits for finalizers (writes-14)', async () => {
    const { seen } = await look('delete', () => object({ finalizers: ['example.com/keep'] }))
    expect(seen).toMatchObject({
      state: 'terminating',
      notes: [{ code: 'waits-for-finalizers', params: { finalizers: 'example.com/keep' } }],
    })
    expect(seen.notes[0]?.text).toBe(
      'StatefulSet db is marked for deletion and still there: it waits for example.com/keep',
    )
  })

  it('is done, and reports it, if another object of its name exists', async () => {
    const { seen } = await look('evict', () => object({ uid: 'u2' }))
    expect(seen).toMatchObject({ state: 'deleted', notes: [{ code: 'recreated-now' }] })
  })

  it('does not say deleted of what may not be read', async () => {
    const { seen } = await look('delete', () => status(403, 'Forbidden', 'no'))
    expect(seen).toMatchObject({ state: 'terminating', notes: [{ code: 'not-read-back-deletion' }] })
  })
})

describe('a workload, looked at after a change', () => {
  const sized = (ready: number, replicas: number) =>
    object(
      { generation: 2 },
      { spec: { replicas }, status: { observedGeneration: 2, replicas: ready, readyReplicas: ready } },
    )

  it('tells how many replicas are ready, and which quota refuses the others (writes-15)', async () => {
    const { seen } = await look('update', () => sized(2, 9))
    expect(seen.state).toBe('updated')
    expect(seen.notes.map(({ code }) => code)).toEqual(['replicas-ready-so-far', 'pods-refused'])
    expect(seen.notes[0]?.text).toMatch(/^2 of 9 replicas are ready after/)
    expect(seen.notes[1]?.text).toMatch(/^StatefulSet db gets no more pods: The quota few allows 2 pods, 2 exist/)
  })

  it('is not waited for after a change of its labels', async () => {
    const { seen, reads } = await look('update', () => sized(0, 3), 'metadata')
    expect(seen).toEqual({ state: 'updated', notes: [] })
    expect(reads()).toBe(1)
  })

  it('is reported if somebody has deleted it again', async () => {
    const { seen } = await look('create', () => undefined)
    expect(seen).toMatchObject({ state: 'created', notes: [{ code: 'gone-again' }] })
  })

  it('exists or not, after a refusal', async () => {
    const { context } = await look('create', (count) => (count === 0 ? undefined : object({})))
    expect(await existsNow(operation('create'), context)).toMatchObject([{ code: 'exists-now' }])
  })
})
