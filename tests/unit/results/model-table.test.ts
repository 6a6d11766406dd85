import { describe, expect, it } from 'vitest'
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

function pods(count: number, maxChars: number, args: Record<string, unknown> = {}): PresentedResult {
  const rows = Array.from({ length: count }, (_, index) => podRow(index))
  return presentText('pods_list', printTable(podColumns, rows), { maxChars, args })
}

const lastLine = (text: string): string => text.split('\n').at(-1) ?? ''

describe('a table for the model', () => {
  it('has tabs, and only the columns worth a token', () => {
    expect(present('kubernetes-mcp-server/pods_list').forModel.split('\n').slice(0, 2)).toEqual([
      'NAMESPACE\tNAME\tREADY\tSTATUS\tRESTARTS\tAGE\tIP\tNODE',
      'monitoring\tnode-exporter-85xxh\t1/1\tRunning\t0\t9m59s\t10.244.1.8\tworker-1',
    ])
  })

  it('gives up wide columns before rows', () => {
    const whole = present('kubernetes-mcp-server/resources_list_deploy').forModel
    expect(whole).toContain('IMAGES')
    const short = present('kubernetes-mcp-server/resources_list_deploy', 300).forModel
    expect(short.split('\n')[0]).toBe('NAMESPACE\tNAME\tREADY\tUP-TO-DATE\tAVAILABLE\tAGE')
    expect(short.split('\n')).toHaveLength(6)
    expect(short).not.toContain('left out')
  })

  it('fits the seeded pods into the share of the smallest window', () => {
    // 15 % of 4,096 tokens, at about 3.3 characters each.
    const text = present('kubernetes-mcp-server/pods_list', 2000).forModel
    expect(text).not.toContain('left out')
    expect(text.split('\n')).toHaveLength(14)
  })
})

describe('5,000 pods', () => {
  it('are 5,000 rows to the person', { timeout: 30_000 }, () => {
    const { columns, rows } = tableOf(pods(5000, 6000))
    expect(columns.slice(0, 6)).toEqual(['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'])
    expect(rows).toHaveLength(5000)
    expect(rows[4999]?.slice(0, 6)).toEqual(['ns-49', 'load-694bc7cd75-4999', '1/1', 'Running', '0', '5d'])
  })

  it('are a bounded text for the model with unhealthy ones first and a last line about omissions', () => {
    const text = pods(5000, 6000).forModel
    expect(text.length).toBeLessThanOrEqual(6000)
    const lines = text.split('\n')
    expect(lines[0]).toBe('NAMESPACE\tNAME\tREADY\tSTATUS\tRESTARTS\tAGE')
    expect(lines.slice(1, 11).every((line) => line.includes('CrashLoopBackOff'))).toBe(true)
    expect(lines.slice(11, -1).every((line) => line.includes('Running'))).toBe(true)
    const shown = lines.length - 2
    expect(lines.at(-1)).toBe(
      `… ${(5000 - shown).toLocaleString('en-US')} of 5,000 rows left out (statuses: 4,990 Running, 10 CrashLoopBackOff). Unhealthy ones come first. The person sees all rows. Narrow by namespace or label selector.`,
    )
  })

  it('are not narrowed by a namespace that is given already', () => {
    expect(lastLine(pods(500, 2000, { namespace: 'shop' }).forModel)).toMatch(/Narrow by label selector\.$/)
  })

  it.each([0, 1, 40, 150, 250, 300, 1000])('keep to %d characters', (maxChars) => {
    const text = pods(100, maxChars).forModel
    expect(text.length).toBeLessThanOrEqual(maxChars)
    expect(text === '').toBe(maxChars === 0)
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
    const text = presentText('kubectl_get', printTable(columns, [...filler(good), bad]), { maxChars: 500 }).forModel
    expect(text).toContain('left out')
    expect(text.split('\n')[1]?.includes('bad')).toBe(first)
  })

  it('counts unready ones if there is no status', () => {
    const rows = [...filler(['ok-#', '2/2', '5d']), ['bad', '0/2', '5d']]
    expect(
      presentText('kubectl_get', printTable(['NAME', 'READY', 'AGE'], rows), { maxChars: 400 }).forModel,
    ).toContain('(1 not ready)')
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
    const text = presentText('kubectl_get', printTable(columns, rows), { maxChars: 600 }).forModel
    expect(
      text
        .split('\n')
        .slice(1, 4)
        .map((line) => line.split('\t')[3]),
    ).toEqual(['FailedMount', 'BackOff', 'BackOff'])
    // The last of repeated events is shown first.
    expect(text.split('\n')[2]).toContain('199m')
    expect(lastLine(text)).toMatch(/\(types: 201 Warning\)\. Warnings come first\..*Narrow by namespace\.$/)
  })
})
