import { describe, expect, it } from 'vitest'
import { changesResultSchema, FIELD_MANAGER } from '../../../../../shared/changes/what-changed'
import { quotedWords } from '../../../../../shared/messages/create'
import { auditLineSchema } from '../../../../../server/audit/entry'
import { joinPeople } from '../../../../../server/mcp/toolbox/with-people'

const line = (more: object) =>
  auditLineSchema.parse({
    time: '2026-11-29T12:00:02.000Z',
    user: 'lan',
    by: 'minh',
    turn: 't',
    request: 'r',
    call: 'c',
    tool: 'kubectl_set',
    arguments: { resource: 'deployment', name: 'web', namespace: 'shop' },
    decision: 'approved',
    outcome: 'ok',
    durationMs: 10,
    ...more,
  })

const result = (writer: string) =>
  changesResultSchema.parse({
    kind: 'changes',
    since: '2026-11-29T00:00:00Z',
    summary: quotedWords('1 change'),
    changes: [
      {
        at: '2026-11-29T12:00:00Z',
        source: 'revision',
        object: { kind: 'Deployment', name: 'web', namespace: 'shop' },
        what: quotedWords('changed'),
        writer,
        fields: [],
        moreFields: 0,
      },
    ],
    total: 1,
    coverage: { scope: 'namespaces', namespaces: ['shop'], shown: 1, total: 1, complete: true, notes: [] },
  })

describe('the person behind a change', () => {
  it('is who approved it', () => {
    const { changes } = joinPeople(result(FIELD_MANAGER), [line({})], { namespace: 'shop' })
    expect(changes[0]?.person).toBe('minh')
  })

  it('is unknown for a change of another manager', () => {
    const { changes } = joinPeople(result('kubectl-edit'), [line({})], { namespace: 'shop' })
    expect(changes[0]?.person).toBeUndefined()
  })

  it('is unknown if two approved changes fit and neither names the object', () => {
    const other = line({ arguments: { manifest: 'x' } })
    const { changes } = joinPeople(result(FIELD_MANAGER), [other, other], { namespace: 'shop' })
    expect(changes[0]?.person).toBeUndefined()
  })

  it.each([
    ['an object whose name only begins with it', { resource: 'deployment', name: 'web-2', namespace: 'shop' }],
    ['an object of that name in another namespace', { resource: 'deployment', name: 'web', namespace: 'payments' }],
  ])('is not who changed %s', (_, args) => {
    const { changes } = joinPeople(result(FIELD_MANAGER), [line({ arguments: args })], { namespace: 'shop' })
    expect(changes[0]?.person).toBeUndefined()
  })

  it('is who approved the only change near it that names no object, such as a release', () => {
    const release = line({ tool: 'helm_upgrade', arguments: { release: 'shop', namespace: 'shop' } })
    const { changes } = joinPeople(result(FIELD_MANAGER), [release], { namespace: 'shop' })
    expect(changes[0]?.person).toBe('minh')
  })

  it('is named for a deletion, which leaves no trace in the cluster', () => {
    const deletion = line({
      tool: 'kubectl_delete',
      time: '2026-11-29T13:00:00.000Z',
      arguments: { resource: 'configmap', name: 'settings', namespace: 'shop' },
    })
    const { changes, total } = joinPeople(result('kubectl-edit'), [deletion], { namespace: 'shop' })
    expect(changes[0]).toMatchObject({ source: 'assistant', person: 'minh', object: { name: 'settings' } })
    expect(total).toBe(2)
  })

  it('is not named for a namespace that was not read', () => {
    const deletion = line({ tool: 'kubectl_delete', arguments: { resource: 'configmap', name: 'a', namespace: 'hr' } })
    expect(joinPeople(result('kubectl-edit'), [deletion], { namespace: 'shop' }).changes).toHaveLength(1)
  })
})
