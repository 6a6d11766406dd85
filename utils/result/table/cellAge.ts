/** Ages grow with the time since the read, as kubectl would print them now. */
import { formatAge, formatRestarts, parseAge, parseRestarts } from '#shared/kubernetes/durations'

const AGE_COLUMNS = new Set(['AGE', 'LAST SEEN', 'FIRST SEEN', 'LAST SCHEDULE'])

/** True for columns whose cells count seconds since a moment. A DURATION does not: it may have ended. */
export function growsWithTime(heading: string): boolean {
  return AGE_COLUMNS.has(heading) || heading === 'RESTARTS'
}

/**
 * @param cell e.g. `104s` or `12 (2m ago)`
 * @param seconds since the cell was read
 * @returns the cell as it would be now; the same text if it holds no age
 */
export function agedCell(cell: string, seconds: number): string {
  if (seconds <= 0) return cell
  const restarts = parseRestarts(cell)
  if (restarts) return restarts.ago === undefined ? cell : formatRestarts(restarts.count, restarts.ago + seconds)
  const age = parseAge(cell)
  return age === undefined ? cell : formatAge(age + seconds)
}
