/** Reads events in all API forms (first and last time, count) and groups repeated ones. */
import { z } from 'zod'
import { groupOf } from './api'
import { GENERATED_END } from './names'

const time = z.string().nullish()

const reference = z.object({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
  uid: z.string().optional(),
})

// core/v1 has involvedObject, message and first/lastTimestamp; events.k8s.io/v1 has regarding, note and eventTime. The
// API server serves each event in both forms, so a core/v1 event may have only eventTime.
const eventSchema = z.object({
  metadata: z.object({ namespace: z.string().optional(), creationTimestamp: time }),
  type: z.string().nullish(),
  reason: z.string().nullish(),
  message: z.string().nullish(),
  note: z.string().nullish(),
  involvedObject: reference.optional(),
  regarding: reference.optional(),
  eventTime: time,
  firstTimestamp: time,
  lastTimestamp: time,
  deprecatedFirstTimestamp: time,
  deprecatedLastTimestamp: time,
  count: z.number().nullish(),
  deprecatedCount: z.number().nullish(),
  series: z.object({ count: z.number().nullish(), lastObservedTime: time }).nullish(),
})

export interface EventObject {
  /** Empty for the core group; undefined if unknown. */
  group: string | undefined
  kind: string
  name: string
  namespace: string | undefined
  uid: string | undefined
}

export interface ClusterEvent {
  namespace: string | undefined
  /** `Normal` or `Warning`. */
  type: string
  reason: string
  message: string
  object: EventObject
  /** Milliseconds since the epoch; undefined if the event has no time. */
  first: number | undefined
  last: number | undefined
  count: number
}

/** The first time that is set: the API writes an unset time as null or as year 1. */
function firstTime(times: (string | null | undefined)[]): number | undefined {
  for (const text of times) {
    const ms = text ? Date.parse(text) : NaN
    if (ms > 0) return ms
  }
  return undefined
}

/**
 * Parses an event of any API form.
 * @returns undefined if the value is not an event
 */
export function readEvent(value: unknown): ClusterEvent | undefined {
  const parsed = eventSchema.safeParse(value)
  if (!parsed.success) return undefined
  const event = parsed.data
  const object = event.regarding ?? event.involvedObject ?? {}
  const { creationTimestamp } = event.metadata
  const lastTimestamp = event.lastTimestamp ?? event.deprecatedLastTimestamp
  const firstTimestamp = event.firstTimestamp ?? event.deprecatedFirstTimestamp
  return {
    namespace: event.metadata.namespace,
    type: event.type ?? 'Normal',
    reason: event.reason ?? '',
    message: (event.note ?? event.message ?? '').trim(),
    object: {
      group: object.apiVersion === undefined ? undefined : groupOf(object.apiVersion),
      kind: object.kind ?? '',
      name: object.name ?? '',
      namespace: object.namespace,
      uid: object.uid,
    },
    first: firstTime([firstTimestamp, event.eventTime, lastTimestamp, creationTimestamp]),
    last: firstTime([event.series?.lastObservedTime, lastTimestamp, event.eventTime, creationTimestamp]),
    count: event.series?.count || event.count || event.deprecatedCount || 1,
  }
}

// Varying parts that do not indicate another cause: durations, and the pod's uid.
const DURATION = /\b(?:\d+(?:\.\d+)?(?:ms|µs|us|ns|[hms]))+\b/g
const UID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g

// The API client's prefix for combined events.
const COMBINED = /^\(combined from similar events\): /

/** The generated suffix of a quoted name, as in `pods "web-6cbf8f95b6-5p75n" is forbidden`. */
const RANDOM_END = new RegExp(`"([a-z0-9.-]+)${GENERATED_END}"`, 'g')

function groupKey({ namespace, object, type, reason, message }: ClusterEvent): string {
  const cause = message.replace(COMBINED, '').replace(RANDOM_END, '"$1"').replace(UID, '').replace(DURATION, '')
  return JSON.stringify([namespace, object.group, object.kind, object.name, type, reason, cause])
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)
}

/** Merges repeated events of one object, reason and cause: sum of counts, newest message, newest first. */
export function groupEvents(events: readonly ClusterEvent[]): ClusterEvent[] {
  const groups = new Map<string, ClusterEvent>()
  for (const event of newestFirst(events)) {
    const key = groupKey(event)
    const group = groups.get(key)
    if (!group) groups.set(key, { ...event })
    else {
      group.count += event.count
      group.first = earlier(group.first, event.first)
    }
  }
  return [...groups.values()]
}

function newestFirst(events: readonly ClusterEvent[]): ClusterEvent[] {
  return [...events].sort((a, b) => (b.last ?? 0) - (a.last ?? 0))
}
