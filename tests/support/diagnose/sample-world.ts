/** A world from a sample of a check: objects, and stand-ins for events, logs and Helm revisions. */
import { parse } from 'yaml'
import { z } from 'zod'
import { readEvent } from '../../../shared/kubernetes/events'
import { keyOf, refOf } from '../../../mcp/diagnose/ref'
import { BASE_KINDS } from '../../../mcp/diagnose/world/kinds'
import { World } from '../../../mcp/diagnose/world/world'
import { toObject } from '../../../mcp/kubernetes/list/paging'
import type { KubeObject } from '../../../mcp/kubernetes/types'

const SAMPLE_TIME = Date.parse('2026-11-29T12:00:00Z')

const metadata = z.object({ name: z.string(), namespace: z.string().optional() })
const logSchema = z.object({
  metadata,
  container: z.string(),
  previous: z.boolean().default(false),
  lines: z.array(z.string()),
})
const releaseSchema = z.object({ metadata, revision: z.number(), status: z.string(), modifiedAt: z.string() })

/** @param sample a YAML list; all kinds that a diagnosis always reads count as read */
export function sampleWorld(sample: string): World {
  const items = z.array(z.looseObject({ kind: z.string() })).parse(parse(sample))
  const objects = new Map<string, KubeObject[]>(BASE_KINDS.map((kind) => [kind, []]))
  for (const item of items) {
    if (['Event', 'Log', 'Release'].includes(item.kind)) continue
    const object = toObject({ apiVersion: 'v1', ...item })
    const { kind } = refOf(object)
    objects.set(kind, [...(objects.get(kind) ?? []), object])
  }
  const of = (kind: string) => items.filter((item) => item.kind === kind)
  const world = new World({
    now: SAMPLE_TIME,
    objects,
    events: of('Event').flatMap((item) => readEvent(item) ?? []),
    releases: of('Release').map((item) => {
      const { metadata: own, revision, status, modifiedAt } = releaseSchema.parse(item)
      return {
        namespace: own.namespace ?? '',
        release: own.name,
        revision,
        status,
        modifiedAt: Date.parse(modifiedAt),
        storage: 'secrets' as const,
        object: keyOf({ kind: 'Secret', ...own }),
      }
    }),
  })
  for (const item of of('Log')) {
    const { metadata: own, container, previous, lines } = logSchema.parse(item)
    world.addLog({ kind: 'Pod', ...own }, { container, previous, lines })
  }
  return world
}
