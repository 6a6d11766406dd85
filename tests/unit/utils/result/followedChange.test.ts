import { describe, expect, it } from 'vitest'
import type { OutcomeResult, TableResult } from '../../../../shared/result'
import { followed, progressCall, progressOf } from '../../../../utils/result/followedChange'

type Changed = OutcomeResult['objects'][number]
const web: Changed = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  name: 'web',
  namespace: 'shop',
  state: 'updated',
  notes: [],
}
const table = (columns: string[], ...rows: string[][]): TableResult => ({ kind: 'table', columns, rows })

describe('an outcome is followed', () => {
  it.each<[string, Partial<Changed>, boolean]>([
    ['a Deployment that was scaled', {}, true],
    ['a StatefulSet that was created', { kind: 'StatefulSet', state: 'created' }, true],
    ['a Deployment that is as before', { state: 'unchanged' }, false],
    ['a deleted one', { state: 'deleted' }, false],
    ['a ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap' }, false],
    ['a kind of the same name in another group', { apiVersion: 'example.com/v1' }, false],
  ])('%s: %s', (_, change, expected) => {
    expect(followed({ objects: [{ ...web, ...change }] })).toHaveLength(expected ? 1 : 0)
  })
})

it('asks for the one object as a row', () => {
  expect(progressCall(web)).toEqual({
    tool: 'kubectl_get',
    arguments: { resource: 'deployments.apps', namespace: 'shop', fieldSelector: 'metadata.name=web' },
  })
})

describe('the progress of a row', () => {
  it('has the numbers, the verdict and the reason', () => {
    const result: TableResult = {
      ...table(['NAME', 'READY'], ['web', '3/5']),
      verdicts: ['waiting'],
      reasons: { 0: '2 pods are starting' },
    }
    expect(progressOf(result)).toMatchObject({
      verdict: 'waiting',
      ready: '3/5',
      reason: { text: '2 pods are starting' },
    })
  })

  it('puts the numbers of a DaemonSet together', () => {
    expect(progressOf(table(['NAME', 'DESIRED', 'CURRENT', 'READY'], ['agent', '4', '4', '3']))?.ready).toBe('3/4')
  })

  it('is unknown for an object that no longer exists, and for a text', () => {
    expect(progressOf(table(['NAME', 'READY']))).toBeUndefined()
    expect(progressOf({ kind: 'text', text: 'not found' })).toBeUndefined()
  })
})
