/** `kubectl_describe`: one object, its state before its configuration. */
import { msg } from '../../shared/messages/create'
import { stringify } from 'yaml'
import { groupEvents, type ClusterEvent } from '../../shared/kubernetes/events'
import { hasHealth, objectHealth } from '../../shared/kubernetes/health/object-health'
import type { HealthContext } from '../../shared/kubernetes/health/health'
import { reasonFields } from '../../shared/kubernetes/health/reasons'
import type { Section } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import { listEvents } from '../kubernetes/read/events'
import { ageOf, pairsAt } from '../kubernetes/read/fields'
import { managedBy } from '../changes/managers'
import type { ManagedBy } from '../changes/managers'
import { openReads } from '../changes/managers/reads'
import { getObject } from '../kubernetes/list/object'
import { maskObject } from '../kubernetes/mask'
import { ownerChain, type Owner } from '../kubernetes/read/owners'
import { apiVersionOf } from '../../shared/kubernetes/api'
import type { ApiResource, KubeObject } from '../kubernetes/types'
import { objectChain } from './describe/chain'
import { kindDescription } from './describe/kinds'
import { linesSection, oneLine, type Lines } from './describe/lines'
import { RelatedReads } from './describe/reads'
import { conditionsSection, stateSection } from './describe/status'
import { eventTable } from './events/table'
import { text } from './properties'
import type { ReadTool, ToolAnswer, ToolArguments, ToolContext } from './tool'

/** Maximum rows of events in a description. */
const MAX_EVENTS = 40

/** How many failing child objects get their Warnings read, one request each. */
const MAX_FAILING = 3

export const kubectlDescribe: ReadTool = {
  name: 'kubectl_describe',
  description: 'State, conditions and events of one object.',
  properties: { resource: text, name: text, namespace: text },
  required: ['resource', 'name'],
  run: describeObject,
}

async function describeObject(args: ToolArguments, context: ToolContext): Promise<ToolAnswer> {
  const { cluster, signal } = context
  const now = context.now()
  if (args.resource === undefined || args.name === undefined)
    throw new KubeError('invalid-arguments', msg('describe-needs'))
  const { resource } = await cluster.discovery.find(args.resource, signal)
  const { namespace, name } = args
  const object = await getObject(cluster, { resource, namespace, name, signal })

  const reads = new RelatedReads(cluster, signal, now)
  const kind = kindDescription(resource)
  const owning = ownerChain(cluster, object, signal)
  const [own, related, owners, chain, keepers] = await Promise.all([
    readOwnEvents(resource, object, reads),
    kind.related?.(object, reads),
    owning,
    objectChain(object, resource, owning, reads),
    managedBy(object, resource, openReads(cluster, signal)),
  ])
  const failing = await readWarnings(related?.failing ?? [], reads)
  const masked = maskObject(object)
  return {
    kind: 'object',
    object: {
      kind: resource.kind,
      apiVersion: apiVersionOf(resource),
      name: object.metadata.name,
      ...(object.metadata.namespace !== undefined && { namespace: object.metadata.namespace }),
    },
    ...healthOf(resource, object, { now, related: related?.health }),
    sections: [
      ...stateSection(masked, now),
      ...(kind.first?.(masked, now) ?? []),
      ...conditionsSection(masked, now),
      ...eventSections(own, failing, now),
      ...(related?.sections ?? []),
      ...aboutSection(masked, owners, keepers, now),
      ...(kind.details?.(masked) ?? []),
      ...(kind.last?.(masked) ?? []),
      ...textSection('Labels', pairsAt(masked, 'metadata', 'labels')),
      ...linesSection('Annotations', annotationLines(masked)),
    ],
    ...(chain && { chain }),
    yaml: stringify(masked, { lineWidth: 0 }),
    coverage: { scope: 'object', shown: 1, total: 1, complete: reads.notes.length === 0, notes: reads.notes },
  }
}

/** Empty for kinds without state, such as ConfigMaps. */
function healthOf(resource: ApiResource, object: KubeObject, context: HealthContext) {
  if (!hasHealth(resource)) return {}
  const { verdict, reason } = objectHealth(object, context, resource)
  return { verdict, ...reasonFields(reason) }
}

async function readOwnEvents(
  resource: ApiResource,
  object: KubeObject,
  reads: RelatedReads,
): Promise<OwnEvents | undefined> {
  const { name, namespace } = object.metadata
  const { cluster, signal } = reads
  const list = await reads.attempt('Events', () => listEvents(cluster, { resource, name, namespace, object, signal }))
  return list && { events: list.events, isComplete: reads.covers(list.coverage) }
}

interface OwnEvents {
  events: ClusterEvent[]
  /** False if the user may not read the events of all namespaces. */
  isComplete: boolean
}

/** Why the object's parts fail: its own events do not tell. */
async function readWarnings(objects: readonly KubeObject[], reads: RelatedReads): Promise<ClusterEvent[]> {
  const lists = await Promise.all(
    objects.slice(0, MAX_FAILING).map((object) =>
      reads.attempt('Events', async () => {
        const resource = await reads.resource(`${object.apiVersion ?? 'v1'}/${object.kind ?? 'Pod'}`)
        const { name, namespace } = object.metadata
        const { cluster, signal } = reads
        return listEvents(cluster, { resource, name, namespace, object, fieldSelector: 'type=Warning', signal })
      }),
    ),
  )
  return lists.flatMap((list) => list?.events ?? [])
}

const NONE = 'No events in the last hour; older ones are deleted by the cluster'
const NONE_READ = 'No events in the part that was read'

/** Own events, and the Warnings of failing parts with their names. */
function eventSections(own: OwnEvents | undefined, failing: ClusterEvent[], now: number): Section[] {
  if (own === undefined && failing.length === 0) return [{ title: 'Events', text: 'Not read' }]
  const events = groupEvents([...(own?.events ?? []), ...failing])
  if (events.length === 0) return [{ title: 'Events', text: own?.isComplete === false ? NONE_READ : NONE }]
  const warningsFirst = [...events].sort((one, other) => Number(isNormal(one)) - Number(isNormal(other)))
  const { columns, rows } = eventTable(warningsFirst.slice(0, MAX_EVENTS), {
    namespaces: false,
    object: failing.length > 0,
    now,
  })
  const cut = events.length > MAX_EVENTS ? { text: `${MAX_EVENTS} of ${events.length}, Warnings first` } : {}
  return [{ title: 'Events', columns, rows, ...cut }]
}

function isNormal({ type }: ClusterEvent): boolean {
  return type !== 'Warning'
}

function textSection(title: string, text: string): Section[] {
  return text === '' ? [] : [{ title, text }]
}

function annotationLines(object: KubeObject): Lines {
  return Object.entries(object.metadata.annotations ?? {}).map(([name, value]) => [name, oneLine(value)])
}

function aboutSection(object: KubeObject, owners: Owner[], keepers: ManagedBy[], now: number): Section[] {
  const place = keepers.find((keeper) => keeper.place)?.place
  return linesSection('About', [
    ['Created', `${ageOf(object.metadata.creationTimestamp, now)} ago`],
    ['Owned by', owners.map(({ kind, name }) => `${kind}/${name}`).join(', which is owned by ')],
    ['Managed by', keepers.map(({ manager }) => manager.text).join('; ')],
    ['Lasting change in', place?.text ?? ''],
  ])
}
