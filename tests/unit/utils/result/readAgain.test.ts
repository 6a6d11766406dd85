import { describe, expect, it } from 'vitest'
import type { TableResult } from '../../../../shared/result'
import { isSameThing, readAgainCall } from '../../../../utils/result/readAgain'

const cluster = { server: 'https://10.0.0.1:6443', name: 'staging', uid: 'a' }
const table: TableResult = { kind: 'table', columns: [], rows: [], cluster, asOf: '2026-11-30T15:27:03Z' }

describe('reading a result again', () => {
  it('is the same call', () => {
    const input = { resource: 'pods', namespace: 'shop' }
    expect(readAgainCall(table, 'kubectl_get', input)).toEqual({ tool: 'kubectl_get', arguments: input })
    expect(readAgainCall(table, 'kubectl_get', undefined)?.arguments).toEqual({})
  })

  it('is impossible for results that do not tell when and where they were read, for plans, texts and looks into results', () => {
    expect(readAgainCall({ kind: 'table', columns: [], rows: [] }, 'pods_list', {})).toBeUndefined()
    expect(readAgainCall({ kind: 'text', text: 'x' }, 'kubectl_get', {})).toBeUndefined()
    expect(readAgainCall(table, 'find', {})).toBeUndefined()
    expect(readAgainCall(table, 'kubectl_get', 'no object')).toBeUndefined()
    expect(readAgainCall(undefined, 'kubectl_get', {})).toBeUndefined()
  })

  it('never replaces a result by one of another cluster or kind', () => {
    expect(isSameThing(table, { ...table, rows: [['x']] })).toBe(true)
    expect(isSameThing(table, { ...table, cluster: { ...cluster, uid: 'b' } })).toBe(false)
    const { uid: _, ...unknown } = cluster
    expect(isSameThing(table, { ...table, cluster: unknown })).toBe(true)
    expect(isSameThing(table, { ...table, cluster: { ...unknown, server: 'https://10.0.0.2:6443' } })).toBe(false)
    expect(isSameThing(table, { kind: 'text', text: 'x' })).toBe(false)
  })
})
