import { describe, expect, it } from 'vitest'
import { compareVerdicts, rowHealth, tableHealth, textTableHealth } from '../../../../../shared/kubernetes/health'
import { NOW, row } from './fixtures'

const health = (name: string, change: Record<string, string> = {}) => {
  const { columns, cells } = row('custom.txt', name)
  return rowHealth(
    columns,
    cells.map((cell, index) => change[columns[index] ?? ''] ?? cell),
    { now: NOW },
  )
}
const cells = (table: Record<string, string>) =>
  rowHealth(Object.keys(table), Object.values(table), { now: NOW }).verdict

describe('custom kinds by their columns', () => {
  it.each([
    ['health-60', 'vol-a', 'ok'],
    ['health-61', 'vol-b', 'bad'],
    ['health-62', 'b-1', 'ok'],
    ['health-62', 'b-2', 'bad'],
    ['health-63', 'rel-a', 'ok'],
    ['health-64', 'rel-b', 'bad'],
    ['health-65', 'es-a', 'ok'],
    ['health-65', 'es-b', 'bad'],
    ['health-66', 'nightly-1', 'ok'],
    ['health-66', 'nightly-2', 'bad'],
    ['health-67', 'pg', 'bad'],
    ['health-68', 's-1', 'ok'],
    ['health-68', 's-2', 'bad'],
    ['health-69', 't-1', 'unknown'],
    ['health-69', 't-2', 'unknown'],
  ])('(%s) calls %s %s', (_, name, verdict) => {
    expect(health(name).verdict).toBe(verdict)
  })

  it('tells which column it is', () => {
    expect(health('vol-b').reason?.text).toBe('ROBUSTNESS degraded')
    expect(health('pg').reason?.text).toBe('2 of 3 READY')
    expect(health('s-2').reason?.text).toBe('FAILED 3')
  })

  it('does not take names, policies and sentences for states', () => {
    expect(cells({ NAME: 'failed-login', READY: 'True', SECRET: 'error-tls' })).toBe('ok')
    expect(cells({ NAME: 'a', READY: 'True', 'FAILURE POLICY': 'Fail', 'RESTART POLICY': 'OnFailure' })).toBe('ok')
    expect(cells({ NAME: 'degraded', READY: 'True', MESSAGE: 'no error, nothing failed' })).toBe('ok')
    expect(cells({ NAME: 'a', STATUS: 'the last try failed', AGE: '5d' })).toBe('unknown')
  })

  it.each([
    [{ 'SYNC STATUS': 'OutOfSync', 'HEALTH STATUS': 'Healthy' }, 'bad'],
    [{ 'SYNC STATUS': 'Synced', 'HEALTH STATUS': 'Degraded' }, 'bad'],
    [{ 'SYNC STATUS': 'Synced', 'HEALTH STATUS': 'Healthy' }, 'ok'],
    [{ AVAILABLE: 'True', PROGRESSING: 'False', DEGRADED: 'True' }, 'bad'],
    [{ AVAILABLE: 'True', PROGRESSING: 'False', DEGRADED: 'False' }, 'ok'],
    [{ AVAILABLE: 'True', PROGRESSING: 'True', DEGRADED: 'False' }, 'waiting'],
    [{ READY: '1/3', AGE: '5d' }, 'bad'],
    [{ READY: '1/3', AGE: '30s' }, 'waiting'],
    [{ READY: '0/0', AGE: '5d' }, 'ok'],
    [{ READY: 'Unknown' }, 'waiting'],
    [{ HEALTH: 'yellow', PHASE: 'Ready' }, 'bad'],
    [{ 'LAST BACKUP': 'Failed' }, 'bad'],
    [{ READYTOUSE: 'false', AGE: '2h' }, 'bad'],
    [{ READYTOUSE: 'true', AGE: '2h' }, 'ok'],
    [{ STATE: 'Completed', READY: 'False', AGE: '2h' }, 'ok'],
    [{ USED: '1/3', AGE: '2h' }, 'unknown'],
    [{ 'DESIRED REPLICAS': '3', 'READY REPLICAS': '2', AGE: '2h' }, 'bad'],
    [{ 'DESIRED REPLICAS': '3', 'READY REPLICAS': '3', AGE: '2h' }, 'ok'],
  ])('calls %j %s', (table, verdict) => {
    expect(cells(table)).toBe(verdict)
  })
})

describe('tables of Kubernetes itself that are known only as text', () => {
  it.each([
    [{ NAME: 'w', STATUS: 'Ready,SchedulingDisabled', ROLES: '<none>', AGE: '5d' }, 'ok'],
    [{ NAME: 'w', STATUS: 'NotReady', ROLES: '<none>', AGE: '5d' }, 'bad'],
    [{ NAME: 'j', STATUS: 'Running', COMPLETIONS: '0/1', AGE: '2h' }, 'waiting'],
    [{ NAME: 'j', COMPLETIONS: '0/1', AGE: '2h' }, 'waiting'],
    [{ NAME: 'j', STATUS: 'Complete', COMPLETIONS: '1/1', AGE: '2h' }, 'ok'],
    [{ NAME: 'd', READY: '2/3', 'UP-TO-DATE': '3', AVAILABLE: '2', AGE: '2h' }, 'bad'],
    [{ NAME: 'd', DESIRED: '5', CURRENT: '5', READY: '4', AGE: '2h' }, 'bad'],
    [{ NAME: 's', TYPE: 'LoadBalancer', 'EXTERNAL-IP': '<pending>', AGE: '30m' }, 'bad'],
    [{ NAME: 's', TYPE: 'LoadBalancer', 'EXTERNAL-IP': '<pending>', AGE: '1m' }, 'waiting'],
    [{ NAME: 'h', TARGETS: '<unknown>/80%', REPLICAS: '3', AGE: '1h' }, 'bad'],
    [{ NAME: 'p', STATUS: 'Pending', VOLUME: '', AGE: '1h' }, 'waiting'],
  ])('calls %j %s', (table, verdict) => {
    expect(cells(table)).toBe(verdict)
  })

  it('notes a cordoned node', () => {
    expect(
      rowHealth(['NAME', 'STATUS', 'ROLES'], ['w', 'Ready,SchedulingDisabled', '<none>'], { now: NOW }).notes,
    ).toMatchObject([{ code: 'state-cordoned', text: 'cordoned' }])
  })
})

describe('whole tables', () => {
  const volume = { group: 'longhorn.io', kind: 'Volume' }
  const columns = ['NAME', 'STATE', 'ROBUSTNESS', 'AGE']

  it('joins what conditions and columns of a custom kind tell', () => {
    const rows = [
      { cells: ['a', 'attached', 'healthy', '5d'], conditions: [{ type: 'Ready', status: 'True' }] },
      { cells: ['b', 'attached', 'degraded', '5d'], conditions: [{ type: 'Ready', status: 'True' }] },
      {
        cells: ['c', 'attached', 'healthy', '5d'],
        conditions: [{ type: 'Ready', status: 'False', reason: 'NoSpace' }],
      },
    ].map(({ cells, conditions }) => ({
      cells,
      object: { metadata: { name: cells[0] ?? '' }, status: { conditions } },
    }))
    expect(tableHealth({ resource: volume, columns, rows }, NOW)).toEqual({
      verdicts: ['ok', 'bad', 'bad'],
      reasons: { 1: 'ROBUSTNESS degraded', 2: 'NoSpace' },
      // Both are the cluster's words.
      localizedReasons: {},
    })
  })

  it('has no verdicts for kinds without health, and for custom kinds without any status', () => {
    const rows = [{ cells: ['a', '5d'], object: { metadata: { name: 'a' }, spec: {} } }]
    const table = { columns: ['NAME', 'AGE'], rows }
    expect(tableHealth({ resource: { group: '', kind: 'ConfigMap' }, ...table }, NOW)).toBeUndefined()
    expect(tableHealth({ resource: { group: 'traefik.io', kind: 'Middleware' }, ...table }, NOW)).toBeUndefined()
  })

  it('finds 0 of 120 bad whose STATUS is a sentence (health-92)', () => {
    const rows = Array.from({ length: 120 }, (_, index) => ({
      cells: [
        `rel-${index}`,
        '5d',
        'True',
        `Helm upgrade succeeded for release shop/rel-${index} with chart shop@1.2.3`,
      ],
      object: { metadata: { name: `rel-${index}` }, status: { conditions: [{ type: 'Ready', status: 'True' }] } },
    }))
    const resource = { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease' }
    const health = tableHealth({ resource, columns: ['NAME', 'AGE', 'READY', 'STATUS'], rows }, NOW)
    expect(health?.verdicts.filter((verdict) => verdict !== 'ok')).toEqual([])
  })

  it('reads tables that are known only as text', () => {
    const columns = ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE']
    const rows = [
      ['web-1', '1/1', 'Running', '0', '5d'],
      ['web-2', '0/1', 'Pending', '0', '25m'],
    ]
    expect(textTableHealth({ columns, rows }, NOW)).toMatchObject({
      verdicts: ['ok', 'bad'],
      reasons: { 1: 'Pending for 25m' },
    })
    expect(textTableHealth({ columns: ['NAME', 'DATA', 'AGE'], rows: [['web', '3', '5d']] }, NOW)).toBeUndefined()
    const events = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']
    expect(
      textTableHealth({ columns: events, rows: [['2m', 'Warning', 'BackOff', 'pod/a', 'x']] }, NOW),
    ).toBeUndefined()
  })

  it('sorts bad before waiting before unknown before ok', () => {
    expect((['ok', 'waiting', 'unknown', 'bad'] as const).toSorted(compareVerdicts)).toEqual([
      'bad',
      'waiting',
      'unknown',
      'ok',
    ])
  })
})
