/** The colour of a table cell. It repeats the text and never carries information alone. */
export type Tone = 'ok' | 'warn' | 'bad' | 'idle'

const statusHeadings = /^(STATUS|PHASE|STATE|REASON|TYPE|CONDITION|READY|AVAILABLE|HEALTH|SYNC)$/i
const ok = /^(Running|Ready|Active|Bound|Available|Healthy|Synced|True|Deployed)$/i
const idle = /^(Completed|Succeeded|Complete|Suspended|Released)$/i
const bad =
  /(error|err[A-Z]|backoff|back-off|fail|killed|killing|evicted|invalid|lost|unhealthy|notready|cannot|degraded|^False$|^Lost$|deadline)/i
const warn =
  /(pending|creating|initializing|^init:|terminating|unknown|warning|schedulingdisabled|progressing|outofsync|notscheduled|waiting)/i

/**
 * @param status the row's STATUS cell, if any: a completed pod is not ready but healthy
 * @returns the tone, or undefined for plain text
 */
export function cellTone(heading: string, cell: string, status?: string): Tone | undefined {
  const ratio = /^(\d+)\/(\d+)$/.exec(cell)
  if (ratio) {
    const [part, whole] = [Number(ratio[1]), Number(ratio[2])]
    if (part >= whole) return undefined
    if (status !== undefined && idle.test(status)) return 'idle'
    return part === 0 ? 'bad' : 'warn'
  }
  if (!statusHeadings.test(heading)) return undefined
  if (bad.test(cell)) return 'bad'
  if (warn.test(cell)) return 'warn'
  if (idle.test(cell)) return 'idle'
  return ok.test(cell) ? 'ok' : undefined
}
