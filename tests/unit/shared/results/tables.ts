/** Large tables for the tests beside this file. */
import type { Coverage, TableResult, Verdict } from '../../../../shared/result'
import { tableHealth } from '../../../../shared/kubernetes/health'

export const NOW = Date.parse('2026-11-29T12:00:00Z')
const POD_COLUMNS = [
  'NAMESPACE',
  'NAME',
  'READY',
  'STATUS',
  'RESTARTS',
  'AGE',
  'IP',
  'NODE',
  'NOMINATED NODE',
  'READINESS GATES',
]

/** Five letters and digits as Kubernetes generates them, the same for the same number. */
export function suffix(number: number): string {
  return ((number * 2_654_435_761) % 60_466_176).toString(36).padStart(5, 'x')
}

export function podRow(
  namespace: string,
  name: string,
  cells: { status?: string; ready?: string; restarts?: string; age?: string },
): string[] {
  const { status = 'Running', ready = '1/1', restarts = '0', age = '5d' } = cells
  return [namespace, name, ready, status, restarts, age, '10.244.17.203', 'worker-1', '<none>', '<none>']
}

export function podTable(rows: string[][], coverage?: Partial<Coverage>): TableResult & { verdicts: Verdict[] } {
  const resource = { kind: 'Pod', group: '', version: 'v1', plural: 'pods', namespaced: true }
  const health = tableHealth({ resource, columns: POD_COLUMNS, rows: withObjects(rows) }, NOW)
  return {
    kind: 'table',
    columns: POD_COLUMNS,
    rows,
    resource,
    wide: [6, 7, 8, 9],
    verdicts: health?.verdicts ?? [],
    reasons: health?.reasons ?? {},
    coverage: { scope: 'cluster', shown: rows.length, total: rows.length, complete: true, notes: [], ...coverage },
  }
}

function withObjects(rows: string[][]): { cells: string[]; object: { metadata: { name: string } } }[] {
  return rows.map((cells) => ({ cells, object: { metadata: { name: cells[1] ?? '' } } }))
}

/** 5,060 pods in 9 namespaces, 2,500 of them in the one that sorts first; 417 wait there. */
export function manyPods(): string[][] {
  const others = ['apps', 'data', 'edge', 'kube-system', 'monitoring', 'payments', 'shop', 'zz-last']
  const batch = Array.from({ length: 2500 }, (_, index) =>
    podRow(
      'a-batch',
      `train-${suffix(index)}-${suffix(index + 7)}`,
      index % 6 ? {} : { status: 'Pending', ready: '0/1', age: '40s' },
    ),
  )
  const rest = Array.from({ length: 2560 }, (_, index) =>
    podRow(others[index % others.length] ?? '', `web-${suffix(index)}`, {}),
  )
  return [...batch, ...rest]
}
