/** Load of this process's event loop. */
import { performance } from 'node:perf_hooks'

/** @returns the loop's load since the last call, from 0 to 1 */
export function loadSince(): () => number {
  let last = performance.eventLoopUtilization()
  return () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, last)
    last = now
    return utilization
  }
}
