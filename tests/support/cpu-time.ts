/** How much work something is, on a machine that is busy with other things. */

/**
 * Milliseconds of CPU time that this thread spends on it, at most: other programs lengthen only the clock's time, and
 * other threads only the process's. The thread's own counter moves in ticks of 4 ms on some kernels.
 */
export function cpuMs(work: () => unknown): number {
  const begun = performance.now()
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return Math.min(performance.now() - begun, (user + system) / 1000)
}
