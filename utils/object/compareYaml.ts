/** The difference of two objects' YAML, without what differs between any two objects. */
import { structuredPatch } from 'diff'
import { parse, stringify } from 'yaml'
import { diffLines, type DiffLine } from '../approval/diffLines'

/** Of the API server, and of running alone; at any depth. */
const NOISE = new Set([
  ...['managedFields', 'resourceVersion', 'uid', 'selfLink', 'generation', 'observedGeneration'],
  ...['creationTimestamp', 'deletionTimestamp', 'lastTransitionTime', 'lastUpdateTime', 'lastProbeTime'],
  ...['lastHeartbeatTime', 'lastScheduleTime', 'lastSuccessfulTime', 'startTime', 'completionTime'],
  ...['startedAt', 'finishedAt', 'containerID', 'podIP', 'podIPs'],
])
const CONTEXT_LINES = 3
/** The time of a comparison grows with the square of its edits. */
const MAX_EDITS = 2000

/** @returns no lines if both are equal */
export function compareYaml(first: string, second: string): DiffLine[] {
  const [old, now] = [withoutNoise(first), withoutNoise(second)]
  const options = { context: CONTEXT_LINES, maxEditLength: MAX_EDITS }
  const hunks = structuredPatch('', '', old, now, '', '', options)?.hunks
  if (!hunks) return [...lines(old, 'removed', '-'), ...lines(now, 'added', '+')]
  return hunks.length === 0 ? [] : diffLines(hunks.flatMap((hunk) => ['@@', ...hunk.lines]).join('\n'))
}

function lines(text: string, kind: DiffLine['kind'], sign: string): DiffLine[] {
  return text.split('\n').map((line) => ({ kind, sign, text: line }))
}

/** Any other text stays as it is. */
function withoutNoise(text: string): string {
  try {
    const value: unknown = parse(text)
    return stringify(strip(value), { lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true })
  } catch {
    return text
  }
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      if (NOISE.has(key)) return []
      // The names differ, and stand above the difference.
      if (key === 'metadata' && typeof each === 'object' && each !== null) {
        const { name: _, ...rest } = Object(each)
        return [[key, strip(rest)]]
      }
      return [[key, strip(each)]]
    }),
  )
}
