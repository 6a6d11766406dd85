/** Requests one container's log with the node's times, within limits. */
import type { ResultNote } from '../../../shared/result'
import { objectPath } from '../../../shared/kubernetes/api'
import type { ApiResource, KubeClient } from '../../kubernetes/types'
import { readLines } from './line-stream'
import type { LogLine, ReadLog, StreamEnd } from './line-stream'
import type { LogTime } from './times'

export interface LogTarget {
  client: KubeClient
  /** The resource `pods`. */
  resource: ApiResource
  namespace: string
  pod: string
  container: string
  previous: boolean
  signal: AbortSignal
}

export interface LogPart {
  lines: string[]
  /** Number of log lines in `lines`, without marks. */
  shown: number
  /** Number of lines in the requested range, if known. */
  total: number | undefined
  complete: boolean
  notes: ResultNote[]
  /** Matches of a search. */
  found?: number
  end: StreamEnd
}

/** In bytes; a default read needs far less. */
export const MAX_BYTES = 64 * 1024 * 1024
export const MAX_MS = 10_000

type OnLine = (line: LogLine, number: number) => boolean | void
type Query = Record<string, string | number | boolean | undefined>

/** @throws KubeError if the request fails before the first byte */
export async function read(target: LogTarget, query: Query, onLine: OnLine): Promise<ReadLog> {
  const { client, resource, namespace, pod, container, previous, signal } = target
  const path = `${objectPath(resource, namespace, pod)}/log`
  const all = { container, timestamps: true, ...(previous && { previous }), ...query }
  return await readLines(
    (stop) => client.stream(path, { query: all, signal: stop }),
    { maxBytes: MAX_BYTES, maxMs: MAX_MS, signal },
    onLine,
  )
}

/** The node's clock measures a duration; a time is compared with it. */
export function sinceQuery(since: LogTime | undefined): Query {
  if (!since) return {}
  return since.secondsAgo === undefined
    ? { sinceTime: new Date(since.ms).toISOString() }
    : { sinceSeconds: since.secondsAgo }
}
