/** Parses logs: plain text from kubernetes-mcp-server, JSON in four shapes from mcp-server-kubernetes. */
import { z } from 'zod'
import type { LogResult } from '#shared/result'

const oneSource = z.object({ name: z.string().optional(), logs: z.string() })
const bySource = z.record(z.string(), z.string())
const byPod = z.object({ selector: z.string(), logs: bySource })
/** A job without pods has no map. */
const byJob = z.object({ cronjob: z.string(), jobs: z.record(z.string(), bySource.optional()) })

/** True for tools whose text is always a log. */
export function isLogTool(tool: string): boolean {
  return /(?:^|_)logs?$/i.test(tool)
}

/** The log in a text, for a tool of isLogTool. */
export function readLog(text: string, args: Record<string, unknown>): LogResult {
  return { kind: 'log', text: trimEnd(text), ...source(args) }
}

/** The log in a JSON value, or undefined if there is none. Logs of several pods get headings like `tail`'s. */
export function readJsonLog(value: unknown, args: Record<string, unknown>): LogResult | undefined {
  const one = oneSource.safeParse(value)
  if (one.success) return readLog(one.data.logs, { name: one.data.name, ...args })
  const pods = byPod.safeParse(value)
  if (pods.success) return { kind: 'log', text: join(Object.entries(pods.data.logs)), ...source(args) }
  const jobs = byJob.safeParse(value)
  if (!jobs.success) return undefined
  return {
    kind: 'log',
    text: join(Object.values(jobs.data.jobs).flatMap((logs) => Object.entries(logs ?? {}))),
    ...source(args),
  }
}

function join(logs: [string, string][]): string {
  const [first] = logs
  if (logs.length === 1 && first) return trimEnd(first[1])
  return logs.map(([name, log]) => `==> ${name} <==\n${trimEnd(log)}`).join('\n\n')
}

/** Removes line feeds at the end. By hand: a regular expression would try each of a million empty lines. */
function trimEnd(log: string): string {
  let end = log.length
  while (end > 0 && (log[end - 1] === '\n' || log[end - 1] === '\r')) end--
  return log.slice(0, end)
}

function source(args: Record<string, unknown>): { source?: string } {
  const name = args['name'] ?? args['labelSelector']
  if (typeof name !== 'string' || name === '') return {}
  const namespace = args['namespace']
  return { source: typeof namespace === 'string' && namespace ? `${namespace}/${name}` : name }
}
