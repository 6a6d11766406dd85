import { describe, expect, it } from 'vitest'
import type { TableResult } from '../../../../shared/result'
import { tableHealth } from '../../../../shared/kubernetes/health'
import { tableText, tableTextSteps } from '../../../../shared/results/table-text'
import { estimateTokens } from '../../../../shared/results/tokens'
import { manyPods, NOW, podRow, podTable, suffix } from './tables'
import { cpuMs } from '../../../support/cpu-time'

const lines = (text: string): string[] => text.split('\n')
/** The rows of a text: what follows the heading, without the last line. */
const rowsOf = (text: string): string[] => {
  const all = lines(text)
  const heading = all.findIndex((line) => line.startsWith('NAME'))
  return all.slice(heading + 1).filter((line) => !line.startsWith('Shown:'))
}

describe('a small table', () => {
  const rows = [
    podRow('shop', 'web-1', {}),
    podRow('shop', 'crash', { status: 'CrashLoopBackOff', ready: '0/1', restarts: '8 (3m ago)' }),
  ]

  it('is whole, the bad rows first, with a sentence of what there is', () => {
    const text = tableText(podTable(rows, { scope: 'namespaces', namespaces: ['shop'] }))
    expect(lines(text)).toEqual([
      '2 pods in namespace shop: 1 bad, 1 ok.',
      'NAMESPACE\tNAME\tREADY\tSTATUS\tRESTARTS\tAGE\tIP\tNODE\tHEALTH',
      'shop\tcrash\t0/1\tCrashLoopBackOff\t8 (3m ago)\t5d\t10.244.17.203\tworker-1\tbad',
      'shop\tweb-1\t1/1\tRunning\t0\t5d\t10.244.17.203\tworker-1',
    ])
  })

  it('gives the reason unless a cell has it', () => {
    const text = tableText(podTable([podRow('shop', 'web', { status: 'Pending', ready: '0/1', age: '25m' })]))
    expect(rowsOf(text)[0]).toMatch(/\tbad: Pending for 25m$/)
  })

  it('keeps the order that was asked for', () => {
    const text = tableText(podTable(rows), { args: { sortBy: 'age' } })
    expect(rowsOf(text)[0]).toContain('web-1')
  })

  it('has the notes about unread parts', () => {
    const note = {
      code: 'namespaces-denied',
      params: {},
      text: 'Only shop was read; pods of other namespaces are not visible to you.',
    }
    const part = podTable(rows, { scope: 'namespaces', namespaces: ['shop'], complete: false, notes: [note] })
    expect(tableText(part)).toContain(note.text)
    expect(tableText(part)).toMatch(/^Not everything could be read: /)
  })

  it('tells none from not seen', () => {
    expect(tableText(podTable([]))).toBe('No pods in any namespace.')
    const unread = { scope: 'namespaces' as const, namespaces: ['shop'], unreadNamespaces: ['apps'], complete: false }
    expect(tableText(podTable([], { ...unread, total: undefined }))).toBe(
      'Not everything could be read: no pods in namespace shop.\nNot read: apps.',
    )
  })

  it('names the rows of the verdicts when a limit cut the rest', () => {
    const text = tableText(podTable(rows, { total: 5060 }))
    expect(lines(text)[0]).toBe('2 of 5,060 pods in all namespaces; of these 2: 1 bad, 1 ok.')
  })

  it('takes a table of another server, without verdicts and coverage', () => {
    expect(
      tableText({
        columns: ['NAME', 'DATA'],
        rows: [
          ['web', '3'],
          ['db', '1'],
        ],
      }),
    ).toBe('2 rows.\nNAME\tDATA\nweb\t3\ndb\t1')
  })
})

describe('a large table', () => {
  it('has exact counts by namespace and status (large-1)', () => {
    const text = tableText(podTable(manyPods()))
    expect(text).toContain('5,060 pods in all namespaces: 0 bad, 417 waiting, 4,643 ok.')
    expect(text).toContain('Pending 417 (a-batch 417)')
    expect(text).toMatch(/Running 4,643 \(a-batch 2,083, apps 320, .*zz-last 320\)/)
    expect(text).toMatch(
      /Shown: \d+ of 5,060 rows \(\d+ of 417 waiting, \d+ of 4,643 ok\)\. The user sees all rows\. Narrow with namespace/,
    )
  })

  it('has rows of every namespace (large-2)', () => {
    const namespaces = new Set(rowsOf(tableText(podTable(manyPods()))).map((row) => row.split('\t')[0]))
    expect(namespaces.size).toBe(9)
  })

  it('names the few that fail behind many that wait (health-91, large-3)', () => {
    const waiting = Array.from({ length: 400 }, (_, index) =>
      podRow('batch', `queue-${suffix(index)}`, { status: 'Pending', ready: '0/1', age: '40s' }),
    )
    const crashing = [1, 2, 3].map((index) =>
      podRow('zz-last', `api-${index}`, { status: 'CrashLoopBackOff', ready: '0/1' }),
    )
    const text = tableText(podTable([...waiting, ...manyPods().slice(2500), ...crashing]))
    expect(
      rowsOf(text)
        .slice(0, 3)
        .map((row) => row.split('\t')[1]),
    ).toEqual(['api-1', 'api-2', 'api-3'])
    expect(text).toContain('3 bad, 400 waiting')
    expect(text).toContain('all 3 bad')
  })

  it('names the rare failure among thousands that wait too long', () => {
    const stuck = Array.from({ length: 4000 }, (_, index) =>
      podRow('batch', `queue-${suffix(index)}`, { status: 'Pending', ready: '0/1', age: '3h' }),
    )
    const crashing = [1, 2].map((index) =>
      podRow('zz-last', `api-${index}`, { status: 'CrashLoopBackOff', ready: '0/1' }),
    )
    const text = tableText(podTable([...stuck, ...crashing]))
    expect(rowsOf(text)[0]).toContain('api-1')
    expect(text).toContain('api-2')
  })

  const volumes = (): TableResult => {
    const columns = ['NAMESPACE', 'NAME', 'DATA ENGINE', 'STATE', 'ROBUSTNESS', 'SCHEDULED', 'SIZE', 'NODE', 'AGE']
    const row = (name: string, robustness: string) => [
      'longhorn-system',
      name,
      'v1',
      'attached',
      robustness,
      '',
      '10737418240',
      'worker-1',
      '5d',
    ]
    const rows = [
      ...Array.from({ length: 150 }, (_, index) => row(`pvc-${suffix(index)}`, 'healthy')),
      row('zz-vol', 'degraded'),
    ]
    const resource = { kind: 'Volume', group: 'longhorn.io', version: 'v1beta2', plural: 'volumes', namespaced: true }
    const items = rows.map((cells) => ({ cells, object: { metadata: { name: cells[1] ?? '' } } }))
    return { kind: 'table', columns, rows, resource, ...tableHealth({ resource, columns, rows: items }, NOW) }
  }

  it('names the degraded volume behind 150 healthy ones (health-90)', () => {
    const text = tableText(volumes())
    expect(rowsOf(text)[0]).toContain('zz-vol')
    expect(text).toContain('1 bad, 150 ok')
  })

  it('calls none of 120 bad whose STATUS is a sentence (health-92)', () => {
    const columns = ['NAMESPACE', 'NAME', 'AGE', 'READY', 'STATUS']
    const rows = Array.from({ length: 120 }, (_, index) => [
      'shop',
      `rel-${index}`,
      '5d',
      'True',
      `Helm upgrade succeeded for release shop/rel-${index} with chart shop@1.2.3`,
    ])
    const resource = {
      kind: 'HelmRelease',
      group: 'helm.toolkit.fluxcd.io',
      version: 'v2',
      plural: 'helmreleases',
      namespaced: true,
    }
    const items = rows.map((cells) => ({ cells, object: { metadata: { name: cells[1] ?? '' } } }))
    const text = tableText({
      kind: 'table',
      columns,
      rows,
      resource,
      ...tableHealth({ resource, columns, rows: items }, NOW),
    })
    expect(text).toMatch(/^120 helmreleases: 0 bad, 120 ok\./)
    expect(estimateTokens(text)).toBeLessThanOrEqual(1200)
  })

  it('has no labels that nobody asked for, and stays small (large-5)', () => {
    const labels = Array.from({ length: 40 }, (_, index) => `example.com/label-${index}=value-${suffix(index)}`).join(
      ',',
    )
    const table = podTable(manyPods().slice(0, 300))
    const labelled = {
      ...table,
      columns: [...table.columns, 'LABELS'],
      rows: table.rows.map((row) => [...row, labels]),
    }
    const text = tableText(labelled)
    expect(text).not.toContain('example.com/label')
    expect(estimateTokens(text)).toBeLessThanOrEqual(8192 * 0.15)
  })

  it('says how many of how many are left out, and with which argument there are fewer (large-9)', () => {
    const { verdicts: _, reasons: __, ...table } = podTable(manyPods())
    expect(lines(tableText(table)).at(-1)).toMatch(
      /^Shown: \d+ of 5,060 rows\. The user sees all rows\. Narrow with namespace or labelSelector/,
    )
    const inOne = tableText(table, { args: { namespace: 'a-batch', labelSelector: 'app=web', fieldSelector: 'x=y' } })
    expect(lines(inOne).at(-1)).toMatch(/Ask for less with limit\./)
  })

  it('keeps within any budget', () => {
    const table = podTable(manyPods())
    for (const maxTokens of [400, 800, 1200, 3000, 20_000]) {
      const text = tableText(table, { maxTokens })
      expect(estimateTokens(text), String(maxTokens)).toBeLessThanOrEqual(maxTokens)
      expect(rowsOf(text).length).toBeGreaterThan(maxTokens / 60)
    }
  })

  it('keeps a column that an argument names', () => {
    expect(tableText(podTable(manyPods()))).not.toContain('worker-1')
    expect(tableText(podTable(manyPods()), { args: { fieldSelector: 'spec.nodeName=worker-1' } })).toContain('worker-1')
  })

  it('does not let counts of 300 namespaces push out the rows', () => {
    const rows = Array.from({ length: 6000 }, (_, index) =>
      podRow(`team-${suffix(index % 300)}`, `web-${suffix(index)}`, {}),
    )
    const text = tableText(podTable(rows))
    expect(text).toMatch(/and \d+ others with [\d,]+/)
    expect(rowsOf(text).length).toBeGreaterThan(10)
    expect(estimateTokens(text)).toBeLessThanOrEqual(1200)
  })

  it.each([
    ['judged rows', podTable(Array.from({ length: 8 }, () => manyPods()).flat())],
    [
      'events',
      { columns: ['TYPE', 'REASON', 'MESSAGE'], rows: Array.from({ length: 40_000 }, () => ['Normal', 'a', 'b']) },
    ],
    [
      'rows without a verdict',
      { columns: ['NAMESPACE', 'NAME'], rows: Array.from({ length: 40_000 }, () => ['a', 'b']) },
    ],
  ])('writes 40,000 rows in many steps: %s', (_, table) => {
    expect([...tableTextSteps(table)].length).toBeGreaterThan(30)
  })

  it('writes 10,000 rows in less than half a second of CPU time', () => {
    const table = podTable([...manyPods(), ...manyPods()])
    expect(cpuMs(() => tableText(table))).toBeLessThan(500)
  })
})

describe('events', () => {
  const columns = ['NAMESPACE', 'LAST SEEN', 'COUNT', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE', 'FIRST SEEN']
  const backOff = (index: number): string[] => [
    'shop',
    `${(index % 50) + 1}s`,
    '12',
    'Warning',
    'BackOff',
    `pod/cart-${suffix(index)}`,
    `Back-off restarting failed container app in pod cart-${suffix(index)}_shop(${suffix(index)}-${suffix(index + 1)})`,
    '3h',
  ]
  const normal = (index: number): string[] => [
    'shop',
    '2s',
    '1',
    'Normal',
    'Pulled',
    `pod/web-${suffix(index)}`,
    `Container image "web:${index}" already present`,
    '1h',
  ]
  const mount = [
    'shop',
    '57m',
    '3',
    'Warning',
    'FailedMount',
    'pod/web-0',
    'MountVolume.SetUp failed: secret "web-tls" not found',
    '2h',
  ]

  it('has one row for every cause before a second one of any (events-1)', () => {
    const rows = [
      ...Array.from({ length: 900 }, (_, index) => backOff(index)),
      ...Array.from({ length: 11_000 }, (_, index) => normal(index)),
      mount,
    ]
    const text = tableText({ columns, rows })
    expect(text).toContain('secret "web-tls" not found')
    expect(text).toContain('11,901 rows: 901 Warning, 11,000 Normal.')
    expect(text).toContain('and 899 alike')
    expect(text).toContain('already present')
    expect(estimateTokens(text)).toBeLessThanOrEqual(1200)
    const types = rowsOf(text).map((row) => /\t(Warning|Normal)\t/.exec(row)?.[1])
    expect(types.indexOf('Normal')).toBeGreaterThan(types.lastIndexOf('Warning'))
  })

  it('sorts Warnings first and the newest first, and marks no row as unhealthy', () => {
    const rows = [normal(1), ['shop', '9m', ...backOff(1).slice(2)], ['shop', '10s', ...backOff(2).slice(2)]]
    const text = tableText({ columns, rows, verdicts: ['ok', 'bad', 'bad'] })
    expect(rowsOf(text).map((row) => row.split('\t')[1])).toEqual(['10s', '9m', '2s'])
    expect(text).not.toContain('HEALTH')
  })
})
