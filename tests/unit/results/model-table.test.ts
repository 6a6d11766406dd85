import { describe, expect, it } from 'vitest'
import { resultTokens } from '../../../server/agent/budget'
import { estimateTokens } from '../../../shared/results/tokens'
import type { PresentedResult } from '../../../server/results/types'
import { present, presentText, tableOf } from './load-fixture'

/** A table as kubectl prints it: padded with three blanks. */
function printTable(columns: string[], rows: string[][]): string {
  const widths = columns.map(
    (column, index) => rows.reduce((width, row) => Math.max(width, row[index]?.length ?? 0), column.length) + 3,
  )
  return [columns, ...rows]
    .map(
      (row) =>
        `${row
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join('')
          .trimEnd()}\n`,
    )
    .join('')
}

const podColumns = [
  'NAMESPACE',
  'APIVERSION',
  'KIND',
  'NAME',
  'READY',
  'STATUS',
  'RESTARTS',
  'AGE',
  'IP',
  'NODE',
  'NOMINATED NODE',
  'READINESS GATES',
  'LABELS',
]

function podRow(index: number): string[] {
  const state = index % 500 === 7 ? ['0/1', 'CrashLoopBackOff', '12 (3m ago)'] : ['1/1', 'Running', '0']
  return [
    `ns-${index % 50}`,
    'v1',
    'Pod',
    `load-694bc7cd75-${index}`,
    ...state,
    '5d',
    `10.1.0.${index % 250}`,
    `node-${index % 20}`,
    '<none>',
    '<none>',
    'app=load,tier=back',
  ]
}

function pods(count: number, maxTokens: number, args: Record<string, unknown> = {}): PresentedResult {
  const rows = Array.from({ length: count }, (_, index) => podRow(index))
  return presentText('pods_list', printTable(podColumns, rows), { maxTokens, args })
}

const lastLine = (text: string): string => text.split('\n').at(-1) ?? ''

describe('a table for the model', () => {
  it('has tabs, and only the columns worth a token', () => {
    expect(present('kubernetes-mcp-server/pods_list').forModel.split('\n').slice(0, 3)).toEqual([
      '13 rows: 4 bad, 2 waiting, 7 ok.',
      'NAMESPACE\tNAME\tREADY\tSTATUS\tRESTARTS\tAGE\tIP\tNODE\tHEALTH',
      'payments\tapi-57c87fb788-f9p9l\t0/1\tImagePullBackOff\t0\t9m59s\t<none>\tworker-2\tbad',
    ])
  })

  it('gives up wide columns before rows', () => {
    const whole = present('kubernetes-mcp-server/resources_list_deploy').forModel
    expect(whole).toContain('IMAGES')
    const short = present('kubernetes-mcp-server/resources_list_deploy', 160).forModel
    expect(short.split('\n')[1]).toBe('NAMESPACE\tNAME\tREADY\tUP-TO-DATE\tAVAILABLE\tAGE\tHEALTH')
    expect(short.split('\n')).toHaveLength(7)
    expect(short).not.toContain('Shown:')
  })

  it('fits the seeded pods into the share of the smallest window', () => {
    const text = present('kubernetes-mcp-server/pods_list', resultTokens(4096)).forModel
    expect(text).not.toContain('Shown:')
    expect(text.split('\n')).toHaveLength(15)
  })
})

describe('5,000 pods', () => {
  it('are 5,000 rows to the person', { timeout: 30_000 }, () => {
    const { columns, rows } = tableOf(pods(5000, 1200))
    expect(columns.slice(0, 6)).toEqual(['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'])
    expect(rows).toHaveLength(5000)
    expect(rows[4999]?.slice(0, 6)).toEqual(['ns-49', 'load-694bc7cd75-4999', '1/1', 'Running', '0', '5d'])
  })

  it('are a bounded text for the model: counts over all rows, then unhealthy ones first', () => {
    const text = pods(5000, 1200).forModel
    expect(estimateTokens(text)).toBeLessThanOrEqual(1200)
    const lines = text.split('\n')
    expect(lines[0]).toBe('5,000 rows: 10 bad, 4,990 ok.')
    expect(lines[1]).toMatch(/^By namespace,status: Running 4,990 \(.*; CrashLoopBackOff 10 \(/)
    expect(lines[2]).toBe('NAMESPACE\tNAME\tREADY\tSTATUS\tRESTARTS\tAGE\tHEALTH')
    expect(lines.slice(3, 13).every((line) => line.includes('CrashLoopBackOff'))).toBe(true)
    expect(lines.slice(13, -1).every((line) => line.includes('Running'))).toBe(true)
    const shown = lines.length - 4
    expect(lines.at(-1)).toBe(
      `Shown: ${shown} of 5,000 rows (all 10 bad, ${shown - 10} of 4,990 ok). The user sees all rows. Narrow with namespace or labelSelector or fieldSelector.`,
    )
  })

  it('are not narrowed by a namespace that is given already', () => {
    expect(lastLine(pods(500, 600, { namespace: 'shop' }).forModel)).toMatch(
      /Narrow with labelSelector or fieldSelector\.$/,
    )
  })

  it.each([0, 5, 15, 40, 80, 300])('keep to %d tokens', (maxTokens) => {
    const text = pods(100, maxTokens).forModel
    expect(estimateTokens(text)).toBeLessThanOrEqual(maxTokens)
    expect(text === '').toBe(maxTokens === 0)
  })
})

describe('unhealthy rows', () => {
  const filler = (row: string[]): string[][] =>
    Array.from({ length: 60 }, (_, index) => row.map((cell) => cell.replace('#', String(index))))

  it.each([
    [
      'a pod that is not ready',
      ['NAME', 'READY', 'STATUS'],
      ['ok-#', '1/1', 'Running'],
      ['bad', '1/2', 'Running'],
      true,
    ],
    ['a completed pod', ['NAME', 'READY', 'STATUS'], ['ok-#', '1/1', 'Running'], ['bad', '0/1', 'Completed'], false],
    ['a pending pod', ['NAME', 'READY', 'STATUS'], ['ok-#', '1/1', 'Running'], ['bad', '0/1', 'Pending'], true],
    ['a deployment that is not ready', ['NAME', 'READY', 'AGE'], ['ok-#', '2/2', '5d'], ['bad', '0/2', '5d'], true],
    ['a daemon set that is not ready', ['NAME', 'DESIRED', 'READY'], ['ok-#', '3', '3'], ['bad', '3', '1'], true],
    ['a job that is not complete', ['NAME', 'COMPLETIONS', 'AGE'], ['ok-#', '1/1', '5d'], ['bad', '0/1', '5d'], true],
    ['a node that is not ready', ['NAME', 'STATUS', 'AGE'], ['ok-#', 'Ready', '5d'], ['bad', 'NotReady', '5d'], true],
    [
      'a cordoned node',
      ['NAME', 'STATUS', 'AGE'],
      ['ok-#', 'Ready', '5d'],
      ['bad', 'Ready,SchedulingDisabled', '5d'],
      true,
    ],
    ['a claim that is not bound', ['NAME', 'STATUS', 'AGE'], ['ok-#', 'Bound', '5d'], ['bad', 'Pending', '5d'], true],
    [
      'a warning',
      ['TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
      ['Normal', 'Started', 'pod/#', 'm'],
      ['Warning', 'bad', 'pod/x', 'm'],
      true,
    ],
  ])('%s', (_, columns, good, bad, first) => {
    const text = presentText('kubectl_get', printTable(columns, [...filler(good), bad]), { maxTokens: 250 }).forModel
    expect(text).toContain('Shown:')
    const [facts = '', ...lines] = text.split('\n')
    expect(/1 bad|1 waiting|1 Warning/.test(facts)).toBe(first)
    const row = lines[lines.findIndex((line) => line.startsWith(columns[0] ?? '')) + 1]
    if (first) expect(row?.split('\t')).toContain('bad')
  })

  it('counts unready ones if there is no status', () => {
    const rows = [...filler(['ok-#', '2/2', '5d']), ['bad', '0/2', '5d']]
    expect(presentText('kubectl_get', printTable(['NAME', 'READY', 'AGE'], rows), { maxTokens: 250 }).forModel).toMatch(
      /^61 rows: 1 bad, 60 ok\./,
    )
  })
})

describe('events for the model', () => {
  it('show each cause once before they repeat one', () => {
    const event = (reason: string, index: number): string[] => [
      'shop',
      `${index}m`,
      'Warning',
      reason,
      'pod/cart',
      `${reason} happened`,
    ]
    const rows = [event('FailedMount', 0), ...Array.from({ length: 200 }, (_, index) => event('BackOff', index))]
    const columns = ['NAMESPACE', 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']
    const text = presentText('kubectl_get', printTable(columns, rows), { maxTokens: 300 }).forModel
    expect(text).toMatch(/^201 rows: 201 Warning, 0 Normal\./)
    const shown = text.split('\n').filter((line) => line.includes('happened'))
    expect(shown.map((line) => line.split('\t')[3]).slice(0, 2)).toEqual(['FailedMount', 'BackOff'])
    expect(lastLine(text)).toContain('Warnings first, one for each cause')
  })
})
