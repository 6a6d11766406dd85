/** Resources of the soak's server: memory after a collection, file descriptors, children. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { childrenOf, send, until } from '../processes'
import type { App } from '../../support/app'

export interface Usage {
  /** In MiB. */
  rss: number
  heap: number
  /** File descriptors in /proc; undefined without /proc. */
  files: number | undefined
  /** Running child processes. */
  children: number
  /** Active resources of the event loop by kind, e.g. `Timeout`. */
  handles: Record<string, number>
}

const lineSchema = z.object({
  usage: z.object({ rss: z.number(), heapUsed: z.number(), external: z.number(), kinds: z.array(z.string()) }),
})
const MIB = 1024 * 1024

/** The minimum over a while without requests, since idle connections close and periodic checks come and go. */
export async function settledUsage(app: App): Promise<Usage> {
  let least = await usageNow(app)
  for (const deadline = performance.now() + SETTLE_MS; performance.now() < deadline;) {
    await delay(SAMPLE_MS)
    const next = await usageNow(app)
    least = {
      rss: Math.min(least.rss, next.rss),
      heap: Math.min(least.heap, next.heap),
      files: least.files === undefined ? undefined : Math.min(least.files, next.files ?? 0),
      children: Math.min(least.children, next.children),
      handles: total(next.handles) < total(least.handles) ? next.handles : least.handles,
    }
  }
  return least
}

const total = (handles: Record<string, number>) => Object.values(handles).reduce((sum, count) => sum + count, 0)

/** Node closes idle keep-alive connections after 5 s. In milliseconds. */
const SETTLE_MS = 12_000
const SAMPLE_MS = 500

async function usageNow(app: App): Promise<Usage> {
  const told = () => app.logs().flatMap((line) => parsed(line) ?? [])
  const before = told().length
  send(app.pid, 'SIGUSR2')
  const { rss, heapUsed, external, kinds } = await until('the usage', () => told()[before])
  const handles: Record<string, number> = {}
  for (const kind of kinds) handles[kind] = (handles[kind] ?? 0) + 1
  const children = (await childrenOf(app.pid)).length
  return { rss: rss / MIB, heap: (heapUsed + external) / MIB, files: filesOf(app.pid), children, handles }
}

function parsed(line: string): z.infer<typeof lineSchema>['usage'] | undefined {
  if (!line.startsWith('{"usage"')) return undefined
  return lineSchema.parse(JSON.parse(line)).usage
}

/** Resident memory from /proc without a collection; NaN without /proc. */
export function residentMiB(pid: number): number {
  const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : ''
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

/** proc_pid_fd(5) */
function filesOf(pid: number): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return undefined
  }
}
