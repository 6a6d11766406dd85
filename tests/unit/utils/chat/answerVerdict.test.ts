import { describe, expect, it } from 'vitest'
import type { ResultPart, TableResult } from '#shared/result'
import { verdictLines } from '../../../../utils/chat/answerVerdict'

const pods: TableResult = {
  kind: 'table',
  columns: ['NAMESPACE', 'NAME', 'STATUS'],
  rows: [
    ['shop', 'web', 'Running'],
    ['shop', 'cart', 'CrashLoopBackOff'],
    ['shop', 'api', 'ContainerCreating'],
  ],
  resource: { kind: 'Pod', group: '', version: 'v1', plural: 'pods', namespaced: true },
  verdicts: ['ok', 'bad', 'waiting'],
  reasons: { 1: 'CrashLoopBackOff' },
}

function linesOf(...results: ResultPart[]) {
  return verdictLines(results)
}

describe('the verdict of an answer', () => {
  it('counts what is unhealthy and names the worst with its reason', () => {
    expect(linesOf(pods)).toMatchObject([
      {
        plural: 'pods',
        bad: 1,
        waiting: 1,
        total: 3,
        worst: [{ name: 'shop/cart', reason: { text: 'CrashLoopBackOff' } }, { name: 'shop/api' }],
        isComplete: true,
      },
    ])
  })

  it('is not complete if not all was read', () => {
    const coverage: TableResult['coverage'] = { scope: 'cluster', shown: 3, complete: false, notes: [] }
    expect(linesOf({ ...pods, coverage })).toMatchObject([{ isComplete: false }])
  })

  it('counts a filtered list against all that there are', () => {
    const coverage: TableResult['coverage'] = { scope: 'cluster', shown: 3, total: 24, complete: true, notes: [] }
    expect(linesOf({ ...pods, coverage })).toMatchObject([{ bad: 1, seen: 3, total: 24, isComplete: false }])
  })

  it('puts kinds with problems first, and takes the newest read of a kind', () => {
    const nodes: TableResult = {
      ...pods,
      resource: { kind: 'Node', group: '', version: 'v1', plural: 'nodes', namespaced: false },
      verdicts: ['ok', 'ok', 'ok'],
    }
    const later = { ...pods, verdicts: ['ok', 'bad', 'bad'] as const }
    const shown = linesOf(pods, nodes, { ...later, verdicts: [...later.verdicts] })
    expect(shown).toMatchObject([
      { plural: 'pods', bad: 2 },
      { plural: 'nodes', bad: 0 },
    ])
  })

  it('has the same order in whatever order the reads end', () => {
    const of = (plural: string): TableResult => ({
      ...pods,
      resource: { kind: plural, group: '', version: 'v1', plural, namespaced: true },
    })
    const order = (...plurals: string[]) => linesOf(...plurals.map(of)).map((line) => 'plural' in line && line.plural)
    expect(order('services', 'deployments', 'pods')).toEqual(order('pods', 'services', 'deployments'))
  })

  it('says nothing of events, of kinds without health, and of empty lists', () => {
    const event = { kind: 'Event', group: '', version: 'v1', plural: 'events', namespaced: true }
    const { verdicts: _, ...plain } = pods
    expect(linesOf({ ...pods, resource: event }, plain, { ...pods, rows: [], verdicts: [] })).toEqual([])
  })
})
