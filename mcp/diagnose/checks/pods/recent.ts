/** Whether a container's failure continues. */
import type { Container, Terminated } from '../../../tools/logs/pod'

/** In milliseconds: the longest back-off is five minutes, and some containers run for a while between failures. */
const LATELY = 60 * 60_000

/** In milliseconds; after that, a few restarts of a container that is ready again are past. */
const JUST_NOW = 2 * 60_000

/** True within an hour: for ends that a single restart does not cure. */
export function isOfLastHour({ finishedAt }: Terminated, now: number): boolean {
  return now - Date.parse(finishedAt ?? '') < LATELY
}

/** False for an end from which the container has recovered. */
export function isRecentEnd(container: Container, end: Terminated, now: number): boolean {
  if (!container.ready) return true
  const ago = now - Date.parse(end.finishedAt ?? '')
  if (Number.isNaN(ago)) return false
  return container.restarts >= 3 ? ago < LATELY : container.restarts >= 2 && ago < JUST_NOW
}
