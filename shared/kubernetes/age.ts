/** Durations as kubectl prints them: `20s`, `9m3s`, `57m`, `5h12m`, `4d`. */

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

/** Two units of which the smaller is left out if it is 0. */
function pair(ms: number, unit: [number, string], part: [number, string]): string {
  const rest = Math.floor((ms % unit[0]) / part[0])
  return `${Math.floor(ms / unit[0])}${unit[1]}${rest === 0 ? '' : `${rest}${part[1]}`}`
}

/**
 * A duration with the precision that kubectl uses, after `HumanDuration` of k8s.io/apimachinery.
 * @param ms milliseconds; slightly negative values, from clocks that differ, are `0s`
 */
export function formatAge(ms: number): string {
  if (ms <= -2 * SECOND) return '<invalid>'
  if (ms < 0) return '0s'
  if (ms < 2 * MINUTE) return `${Math.floor(ms / SECOND)}s`
  if (ms < 10 * MINUTE) return pair(ms, [MINUTE, 'm'], [SECOND, 's'])
  if (ms < 3 * HOUR) return `${Math.floor(ms / MINUTE)}m`
  if (ms < 8 * HOUR) return pair(ms, [HOUR, 'h'], [MINUTE, 'm'])
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)}h`
  if (ms < 8 * DAY) return pair(ms, [DAY, 'd'], [HOUR, 'h'])
  if (ms < 2 * YEAR) return `${Math.floor(ms / DAY)}d`
  if (ms < 8 * YEAR) return pair(ms, [YEAR, 'y'], [DAY, 'd'])
  return `${Math.floor(ms / YEAR)}y`
}

/**
 * The age of an RFC 3339 time, or `<unknown>` as kubectl prints it.
 * @param now milliseconds since the epoch
 */
export function ageOf(time: unknown, now: number): string {
  const ms = typeof time === 'string' ? Date.parse(time) : NaN
  return Number.isNaN(ms) ? '<unknown>' : formatAge(now - ms)
}
