/** Decides whether a row of kubectl's tables shows a problem. */

const healthy = new Set([
  'running',
  'completed',
  'complete',
  'succeeded',
  'active',
  'ready',
  'bound',
  'available',
  'deployed',
  'true',
  'healthy',
  'established',
])

/** Returns a test for rows of a table with these columns: true for rows to look at first. */
export function unhealthyTest(columns: string[]): (row: string[]) => boolean {
  const at = (name: string): number => columns.indexOf(name)
  const [status, ready, desired, completions, type, reason] = [
    at('STATUS'),
    at('READY'),
    at('DESIRED'),
    at('COMPLETIONS'),
    at('TYPE'),
    at('REASON'),
  ]
  if (type >= 0 && reason >= 0) return (row) => row[type] !== 'Normal'
  return (row) => {
    const state = status >= 0 ? (row[status] ?? '') : ''
    if (isFinished(state)) return false
    if (state !== '' && !isHealthy(state)) return true
    if (ready >= 0 && desired >= 0) return Number(row[ready]) < Number(row[desired])
    return isPartial(row[ready] ?? '') || isPartial(row[completions] ?? '')
  }
}

function isFinished(status: string): boolean {
  return status === 'Completed' || status === 'Succeeded'
}

function isHealthy(status: string): boolean {
  // mcp-server-kubernetes writes `3/3 ready` as a status.
  return healthy.has(status.toLowerCase()) || (/ ready$/.test(status) && !isPartial(status))
}

/** `1/2`, also before a word. */
function isPartial(cell: string): boolean {
  const match = /^(\d+)\/(\d+)(?:\s|$)/.exec(cell)
  return match !== null && Number(match[1]) < Number(match[2])
}
