/** `kubectl_events`: grouped events of an object, a kind or namespaces. */
import { msg } from '../../shared/messages/create'
import { formatAge } from '../../shared/kubernetes/durations'
import { groupEvents } from '../../shared/kubernetes/events'
import type { Coverage, ResultNote } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import { listEvents } from '../kubernetes/read/events'
import { getObject } from '../kubernetes/list/object'
import type { ApiResource, KubeObject } from '../kubernetes/types'
import { startOf } from './events/since'
import { eventCounts, eventTable } from './events/table'
import { integer, text } from './properties'
import type { ReadTool, ToolAnswer, ToolArguments, ToolContext } from './tool'

/** The API server's default `--event-ttl`, in milliseconds. */
const KEPT = 3_600_000

export const kubectlEvents: ReadTool = {
  name: 'kubectl_events',
  description: 'Events of an object or namespace.',
  properties: {
    ...{ resource: text, name: text, namespace: text },
    ...{ fieldSelector: text, since: text, limit: integer },
  },
  run: readEvents,
}

async function readEvents(args: ToolArguments, context: ToolContext): Promise<ToolAnswer> {
  const { cluster, signal } = context
  const now = context.now()
  const since = args.since === undefined ? undefined : startOf(args.since, now)
  const resource = await resourceOf(args, context)
  const found = resource && args.name !== undefined ? await findObject(resource, args.name, args, context) : undefined
  const namespace = args.allNamespaces ? undefined : (found?.object?.metadata.namespace ?? args.namespace)
  const list = await listEvents(cluster, { ...args, resource, namespace, object: found?.object, signal })

  const recent = since === undefined ? list.events : list.events.filter((event) => (event.last ?? 0) >= since)
  const events = groupEvents(recent)
  if (events.length === 0 && found?.missing) throw found.missing
  const shown = args.limit === undefined ? events : events.slice(0, Math.max(1, args.limit))

  const { total, ...withoutTotal } = list.coverage
  const notes = [...withoutTotal.notes]
  if (found?.missing) notes.push(goneNote(args.name ?? ''))
  if (events.length === 0) notes.push(noEventsNote(args, since === undefined ? undefined : now - since))
  const namespaces = args.name === undefined && (list.coverage.scope === 'cluster' || isOfSeveral(list.coverage))
  return {
    kind: 'table',
    ...eventTable(shown, { namespaces, object: true, now }),
    resource: { kind: 'Event', group: '', version: 'v1', plural: 'events', namespaced: true },
    ...(events.length > 0 && { counts: eventCounts(events) }),
    coverage: { ...withoutTotal, shown: shown.length, ...(total !== undefined && { total: events.length }), notes },
  }
}

function isOfSeveral({ namespaces }: Coverage): boolean {
  return namespaces !== undefined && namespaces.length > 1
}

/** Undefined for all kinds, which some models request as the resource `events`. */
async function resourceOf(args: ToolArguments, { cluster, signal }: ToolContext): Promise<ApiResource | undefined> {
  if (args.resource === undefined) return undefined
  const { resource } = await cluster.discovery.find(args.resource, signal)
  return resource.kind === 'Event' ? undefined : resource
}

/** The object, or why it is missing: events may outlive it, or be readable when it is not. */
async function findObject(
  resource: ApiResource,
  name: string,
  { namespace }: ToolArguments,
  { cluster, signal }: ToolContext,
): Promise<{ object?: KubeObject; missing?: KubeError }> {
  try {
    return { object: await getObject(cluster, { resource, namespace, name, signal }) }
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    if (error.code === 'not-found') return { missing: error }
    if (error.code === 'forbidden') return {}
    throw error
  }
}

function goneNote(name: string): ResultNote {
  return msg('events-of-deleted-object', { name })
}

function noEventsNote({ fieldSelector, labelSelector }: ToolArguments, span: number | undefined): ResultNote {
  const selector = [fieldSelector, labelSelector].filter(Boolean).join(', ')
  if (span !== undefined && span < KEPT) {
    const age = formatAge(span / 1000)
    return selector === '' ? msg('no-events-since', { age }) : msg('no-matching-events-since', { age, selector })
  }
  return selector === '' ? msg('no-events') : msg('no-matching-events', { selector })
}
