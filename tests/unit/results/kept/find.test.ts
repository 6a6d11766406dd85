import { describe, expect, it } from 'vitest'
import { keptResults, memoryResults } from '../../../../server/results'
import type { ResultPart, TableResult } from '../../../../shared/result'
import { countTokens } from '../../../support/tokens/count'

const MAX_TOKENS = 1200
const STATUSES = ['Running', 'Running', 'Running', 'Pending'] as const

const about = {
  cluster: { server: 'https://10.0.0.1:6443', name: 'staging' },
  asOf: '2026-11-30T10:00:00Z',
  coverage: { scope: 'cluster' as const, shown: 2000, total: 2000, complete: true, notes: [] },
}
const pods: TableResult = {
  kind: 'table',
  columns: ['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'NODE'],
  rows: Array.from({ length: 2000 }, (_, at) =>
    at === 1500
      ? ['shop', 'cart-1500', '0/1', 'CrashLoopBackOff', '12 (2m ago)', '3d', 'worker-1']
      : [`ns-${at % 8}`, `web-${at}`, '1/1', STATUSES[at % 4] ?? '', '0', `${at + 1}m`, `worker-${at % 3}`],
  ),
  verdicts: Array.from({ length: 2000 }, (_, at) => (at === 1500 ? 'bad' : at % 4 === 3 ? 'waiting' : 'ok')),
  reasons: { '1500': 'back-off 5m restarting failed container' },
  resource: { kind: 'Pod', group: '', version: 'v1', plural: 'pods', namespaced: true },
  ...about,
}

async function open(part: ResultPart, forModel = 'cut') {
  const results = keptResults(memoryResults(), { user: 'an', conversation: '1' })
  const { forModel: text } = await results.keep('r1', { status: 'ok', forModel, forPerson: part })
  const find = async (args: object) => {
    const found = await results.find({ id: 'r1', ...args }, MAX_TOKENS)
    expect(countTokens(found.forModel)).toBeLessThanOrEqual(MAX_TOKENS)
    return found
  }
  return { text, find }
}

function namesOf(part: ResultPart): string[] {
  if (part.kind !== 'table') throw new Error(`a table was expected: ${JSON.stringify(part)}`)
  return part.rows.map((row) => row[1] ?? '')
}

describe('find in a table', () => {
  it('tells the model the id of a result of which it sees a part', async () => {
    expect((await open(pods)).text).toBe('cut\n… All of it: find {"id":"r1"}')
  })

  it('adds nothing to a result that the model sees whole', async () => {
    const small = { ...pods, rows: pods.rows.slice(0, 2) }
    expect((await open(small, 'NAMESPACE\tNAME\nns-0\tweb-0\nns-1\tweb-1')).text).not.toContain('find')
  })

  it('tells it also if only a few rows are missing', async () => {
    const few = { ...pods, rows: pods.rows.slice(0, 3) }
    const cut = '3 pods.\nBy status: Running 3\nNAMESPACE\tNAME\nns-0\tweb-0\nns-1\tweb-1\nShown: 2 of 3 rows.'
    expect((await open(few, cut)).text).toContain('find')
  })

  it('filters rows with their verdicts and reasons', async () => {
    const { find } = await open(pods)
    const { status, forPerson, forModel } = await find({ where: 'STATUS=CrashLoopBackOff' })
    expect(status).toBe('ok')
    expect(forPerson).toMatchObject({
      kind: 'table',
      verdicts: ['bad'],
      reasons: { '0': 'back-off 5m restarting failed container' },
      asOf: about.asOf,
      coverage: { shown: 1, total: 2000, notes: [{ code: 'find-rows', params: { matched: 1, total: 2000 } }] },
    })
    expect(forModel).toContain('1 of 2,000 pods')
    expect(forModel).toContain('cart-1500')
    expect(namesOf((await find({ where: 'health=bad' })).forPerson)).toEqual(['cart-1500'])
    expect(namesOf((await find({ search: 'RESTARTING failed' })).forPerson)).toEqual(['cart-1500'])
  })

  it('counts over all matching rows', async () => {
    const { find } = await open(pods)
    const { forPerson, forModel } = await find({ where: 'STATUS=Pending', countBy: 'node' })
    expect(forPerson).toMatchObject({ counts: [{ by: 'node', values: expect.arrayContaining([['worker-0', 167]]) }] })
    expect(forModel).toContain('By node: ')
  })

  it('sorts and slices', async () => {
    const { find } = await open(pods)
    expect(namesOf((await find({ sortBy: 'restarts', limit: 1 })).forPerson)).toEqual(['cart-1500'])
    expect(namesOf((await find({ sortBy: 'newest', limit: '2' })).forPerson)).toEqual(['web-0', 'web-1'])
    const { forPerson, forModel } = await find({ where: 'STATUS=Pending', sortBy: 'age', from: 3, limit: 2 })
    expect(namesOf(forPerson)).toEqual(['web-1991', 'web-1987'])
    expect(forModel).toContain('500 rows match, and these are 3 to 4.')
  })

  it.each([{ where: 'ZONE=a' }, { sortBy: 'zone' }, { countBy: 'status,zone' }])(
    'lists the columns if there is none of the name: %o',
    async (args) => {
      const { status, forModel } = await (await open(pods)).find(args)
      expect(status).toBe('error')
      expect(forModel).toMatch(/zone/i)
      expect(forModel).toContain('NAMESPACE, NAME, READY')
    },
  )

  it('stays within its limit when all rows match', async () => {
    const { forModel } = await (await open(pods)).find({})
    expect(forModel).not.toMatch(/labelSelector|fieldSelector|Narrow/)
  })

  it('says that a lost result must be read again', async () => {
    const { find } = await open(pods)
    expect(await find({ id: 'r2' })).toMatchObject({
      status: 'error',
      forModel: 'The result r2 is no longer kept. Read it again with the tool that it came from.',
      forPerson: { kind: 'text', localized: { code: 'find-gone' } },
    })
    expect((await find({ id: 7 })).status).toBe('error')
  })
})

describe('find in lines', () => {
  const lines = Array.from({ length: 20_000 }, (_, at) =>
    at === 12_000 ? 'level=error msg="disk full"' : `GET /${at} 200`,
  )
  const log: ResultPart = { kind: 'log', text: lines.join('\n'), pod: 'cart-1', ...about }

  it('shows the lines around a match, in a log', async () => {
    const { forPerson, forModel } = await (await open(log)).find({ search: 'DISK FULL' })
    expect(forPerson).toMatchObject({ kind: 'log', pod: 'cart-1', coverage: { shown: 5, total: 20_000 } })
    expect(forModel.split('\n')).toEqual([
      '1 of its 20000 lines contain "DISK FULL". The cluster was not read again.',
      'GET /11998 200',
      'GET /11999 200',
      'level=error msg="disk full"',
      'GET /12001 200',
      'GET /12002 200',
    ])
  })

  it('pages through lines, and says where to continue', async () => {
    const { find } = await open(log)
    const first = await find({ from: 101, limit: 500 })
    const next = Number(/from (\d+)/.exec(first.forModel.replaceAll(',', ''))?.[1])
    expect(next).toBeGreaterThan(150)
    expect((await find({ from: next, limit: 1 })).forModel).toContain(`GET /${next - 1} 200`)
  })

  it('finds nothing without an error', async () => {
    const { status, forModel } = await (await open(log)).find({ search: 'panic' })
    expect(status).toBe('ok')
    expect(forModel).toContain('0 of its 20000 lines')
  })

  it('refuses what needs columns', async () => {
    expect((await (await open(log)).find({ countBy: 'status' })).status).toBe('error')
  })

  it('looks into the manifest of an object', async () => {
    const yaml = ['kind: Deployment', ...Array.from({ length: 300 }, (_, at) => `  field${at}: value`)].join('\n')
    const object = { kind: 'Deployment', apiVersion: 'apps/v1', name: 'web' }
    const { find, text } = await open({ kind: 'object', object, sections: [], yaml, ...about })
    expect(text).toContain('find')
    expect((await find({ search: 'field250:' })).forModel).toContain('field250: value')
  })
})
