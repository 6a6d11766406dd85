/** Parses the two JSON lists that mcp-server-kubernetes makes of `kubectl get -o json`. */
import { z } from 'zod'
import { objectName } from './events-yaml'
import type { Table } from './kubectl-table'

const text = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => (value === undefined || value === null ? '' : String(value)))

const resources = z.strictObject({
  items: z.array(
    z
      .strictObject({ name: text, namespace: text, kind: text, status: text, createdAt: text })
      .partial({ createdAt: true }),
  ),
})

const events = z.strictObject({
  events: z.array(
    z.object({
      type: text,
      reason: text,
      message: text,
      involvedObject: z.object({ kind: text, name: text, namespace: text }).partial().default({}),
      lastTimestamp: text,
      count: text,
    }),
  ),
})

/** The list as a table, or undefined for any other value. */
export function readJsonList(value: unknown): Table | undefined {
  const list = resources.safeParse(value)
  if (list.success) {
    const items = list.data.items
    const namespaced = items.some((item) => item.namespace)
    const mixed = items.some((item) => item.kind !== items[0]?.kind)
    return {
      columns: [...(namespaced ? ['NAMESPACE'] : []), 'NAME', ...(mixed ? ['KIND'] : []), 'STATUS', 'CREATED'],
      rows: items.map((item) => [
        ...(namespaced ? [item.namespace] : []),
        item.name,
        ...(mixed ? [item.kind] : []),
        item.status,
        item.createdAt ?? '',
      ]),
    }
  }
  const seen = events.safeParse(value)
  if (!seen.success) return undefined
  return {
    columns: ['NAMESPACE', 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'COUNT', 'MESSAGE'],
    rows: seen.data.events.map((event) => [
      event.involvedObject.namespace ?? '',
      event.lastTimestamp,
      event.type,
      event.reason,
      objectName(event.involvedObject.kind ?? '', event.involvedObject.name ?? ''),
      event.count,
      event.message,
    ]),
  }
}
