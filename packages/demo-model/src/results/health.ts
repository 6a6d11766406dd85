/** Finds unhealthy rows of a list by our own server's verdict or by their cells. */
import type { ListKind } from '../question/kinds'
import type { Row } from './tables'

export interface Unhealthy {
  name: string
  namespace?: string
  why: string
}

export function unhealthyRows(kind: ListKind, rows: Row[]): Unhealthy[] {
  return rows.flatMap((row) => {
    const why = problemOf(kind, row)
    return why ? [{ name: row.NAME ?? '', why, ...(row.NAMESPACE && { namespace: row.NAMESPACE }) }] : []
  })
}

/** @returns the cluster's reason; undefined for a healthy row */
function problemOf(kind: ListKind, row: Row): string | undefined {
  if (row.HEALTH !== undefined) {
    const verdict = /^bad(?:: (.*))?$/.exec(row.HEALTH)
    return verdict ? (verdict[1] ?? row.STATUS ?? `${row.READY} READY`) : undefined
  }
  switch (kind) {
    case 'pods':
      if (/^(Completed|Succeeded)$/.test(row.STATUS ?? '')) return undefined
      if (row.STATUS !== undefined && row.STATUS !== 'Running') return row.STATUS
      return notReady(row)
    case 'nodes':
      return row.STATUS === undefined || row.STATUS === 'Ready' ? undefined : row.STATUS
    case 'namespaces':
      return row.STATUS === undefined || row.STATUS === 'Active' ? undefined : row.STATUS
    case 'releases':
      return row.STATUS === undefined || row.STATUS === 'deployed' ? undefined : row.STATUS
    case 'services':
      return row['EXTERNAL-IP'] === '<pending>' ? 'EXTERNAL-IP <pending>' : undefined
    case 'events':
      return row.TYPE === 'Warning' ? row.REASON : undefined
    case 'persistentvolumeclaims':
      return row.STATUS === undefined || row.STATUS === 'Bound' ? undefined : row.STATUS
    default:
      return notReady(row)
  }
}

function notReady(row: Row): string | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(row.READY ?? '')
  return match && Number(match[1]) < Number(match[2]) ? `${row.READY} READY` : undefined
}
