/** The garbage collector, for tests of what stays in memory. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

/** Frees all unreachable memory. */
export function collectGarbage(): void {
  if (typeof collect !== 'function') throw new Error('There is no garbage collector to call')
  collect()
}

/** The reachable part of the heap, in bytes. */
export function usedBytes(): number {
  collectGarbage()
  return process.memoryUsage().heapUsed
}
