/**
 * kubectl's ages: `3d4h`, `12 (2m ago)`, `<unknown>`, formatted and parsed as in k8s.io/apimachinery/pkg/util/duration.
 */

const SECONDS = { y: 365 * 86_400, d: 86_400, h: 3600, m: 60, s: 1 }
const UNITS = /^(?:(\d+)y)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/

/** Seconds of an age as kubectl prints it; undefined for `<unknown>`, `<invalid>` and anything else. */
export function parseAge(cell: string): number | undefined {
  const text = cell.trim().replace(/ ago$/, '')
  const match = text === '' ? null : UNITS.exec(text)
  if (!match) return undefined
  const [, years, days, hours, minutes, seconds] = match
  return (
    Number(years ?? 0) * SECONDS.y +
    Number(days ?? 0) * SECONDS.d +
    Number(hours ?? 0) * SECONDS.h +
    Number(minutes ?? 0) * SECONDS.m +
    Number(seconds ?? 0)
  )
}

/** Parses a RESTARTS cell: `0`, or `12 (2m ago)`; undefined for others. `ago` is in seconds. */
export function parseRestarts(cell: string): { count: number; ago?: number } | undefined {
  const match = /^(\d+)(?: \((.+) ago\))?$/.exec(cell.trim())
  if (!match) return undefined
  const ago = match[2] === undefined ? undefined : parseAge(match[2])
  return { count: Number(match[1]), ...(ago === undefined ? {} : { ago }) }
}

/** An age as kubectl prints it, e.g. `119s`, `9m59s`, `7h59m`, `7d23h`, `5y12d`. */
export function formatAge(totalSeconds: number): string {
  if (!Number.isFinite(totalSeconds)) return '<unknown>'
  const seconds = Math.trunc(totalSeconds)
  // Clocks differ by a second or two.
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.trunc(seconds / 60)
  if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's')
  if (minutes < 180) return `${minutes}m`
  const hours = Math.trunc(minutes / 60)
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm')
  if (hours < 48) return `${hours}h`
  const days = Math.trunc(hours / 24)
  if (days < 8) return pair(days, 'd', hours % 24, 'h')
  if (days < 730) return `${days}d`
  const years = Math.trunc(days / 365)
  return years < 8 ? pair(years, 'y', days % 365, 'd') : `${years}y`
}

/** A RESTARTS cell as kubectl prints it. */
export function formatRestarts(count: number, agoSeconds?: number): string {
  return count === 0 || agoSeconds === undefined ? String(count) : `${count} (${formatAge(agoSeconds)} ago)`
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`
}
