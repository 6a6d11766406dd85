/** How much work something is, on a machine that is busy with other things. */

/** Milliseconds of CPU time that this thread spends on it. */
export function cpuMs(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
