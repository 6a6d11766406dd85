/** Where an object belongs: the Ingresses and Services that lead to it, its owners, and itself, with their verdicts. */
import { apiVersionOf } from '../../../shared/kubernetes/api'
import { hasHealth, objectHealth } from '../../../shared/kubernetes/health/object-health'
import { relatedOf, type Related } from '../../../shared/kubernetes/health/related'
import { matchesLabels } from '../../../shared/kubernetes/selectors'
import type { ChainLink } from '../../../shared/result'
import { KubeError } from '../../kubernetes/errors/errors'
import { listObjects } from '../../kubernetes/list/list'
import type { ReadOwner } from '../../kubernetes/read/owners'
import { at, listAt, recordAt, textAt } from '../../kubernetes/read/fields'
import type { ApiResource, KubeObject } from '../../kubernetes/types'
import type { RelatedReads } from './reads'

/** Ingresses, and Services, that are shown of each. */
const MAX_EACH = 3

/** Labels of the pods that a kind has; undefined for kinds without pods. */
const POD_LABELS: Record<string, (object: KubeObject) => Record<string, unknown>> = {
  Pod: (object) => object.metadata.labels ?? {},
  ReplicaSet: templateLabels,
  Deployment: templateLabels,
  StatefulSet: templateLabels,
  DaemonSet: templateLabels,
}

/** @returns undefined for an object without owners that nothing leads to */
export async function objectChain(
  object: KubeObject,
  resource: ApiResource,
  owners: Promise<readonly ReadOwner[]>,
  reads: RelatedReads,
): Promise<ChainLink[] | undefined> {
  const { now } = reads
  const [outside, owned] = await Promise.all([readOutside(object, resource, reads), owners])
  const { namespace } = object.metadata
  const above = owned.map(({ found, ...owner }): ChainLink => {
    if (typeof found === 'string') return { ...owner, ...(namespace !== undefined && { namespace }), state: found }
    return link(found.object, found.resource, now)
  })
  const chain = [...outside, ...above.reverse()]
  const isListed = chain.some(({ kind, name }) => kind === resource.kind && name === object.metadata.name)
  if (chain.length === 0 || (isListed && chain.length === 1)) return undefined
  return isListed ? chain : [...chain, link(object, resource, now)]
}

function link(object: KubeObject, resource: ApiResource, now: number, related?: Related): ChainLink {
  const { name, namespace } = object.metadata
  const named = { kind: resource.kind, apiVersion: apiVersionOf(resource), name }
  const own = { ...named, ...(namespace !== undefined && { namespace }), state: 'read' as const }
  if (!hasHealth(resource)) return own
  const { verdict, reason } = objectHealth(object, { now, related }, resource)
  return { ...own, verdict, ...(reason && { reason }) }
}

/** The Services that select the object's pods, or the Service itself, and the Ingresses that name them. */
async function readOutside(object: KubeObject, resource: ApiResource, reads: RelatedReads): Promise<ChainLink[]> {
  const { namespace } = object.metadata
  const isService = resource.group === '' && resource.kind === 'Service'
  const labels = POD_LABELS[resource.kind]?.(object)
  if (namespace === undefined || (!labels && !isService)) return []
  const list = (kind: string) => quietly(() => listKind(kind, namespace, reads))
  const [services, slices, ingresses] = await Promise.all([
    isService ? undefined : list('v1/Service'),
    list('discovery.k8s.io/v1/EndpointSlice'),
    list('networking.k8s.io/v1/Ingress'),
  ])
  const leading = isService
    ? [object]
    : (services?.items ?? []).filter((service) => matchesLabels(recordAt(service, 'spec', 'selector'), labels ?? {}))
  const names = new Set(leading.map(({ metadata }) => metadata.name))
  const related = relatedOf({ endpointSlices: slices?.items })
  const from = (ingresses?.items ?? []).filter((ingress) => backends(ingress).some((name) => names.has(name)))
  const serviceResource = isService ? resource : services?.resource
  return [
    ...from.slice(0, MAX_EACH).flatMap((each) => (ingresses ? [link(each, ingresses.resource, reads.now)] : [])),
    ...leading
      .slice(0, MAX_EACH)
      .flatMap((each) => (serviceResource ? [link(each, serviceResource, reads.now, related)] : [])),
  ]
}

function templateLabels(object: KubeObject): Record<string, unknown> {
  return recordAt(object, 'spec', 'template', 'metadata', 'labels')
}

/** Names of the Services that an Ingress leads to. */
function backends(ingress: KubeObject): string[] {
  const paths = listAt(ingress, 'spec', 'rules').flatMap((rule) => listAt(rule, 'http', 'paths'))
  return [at(ingress, 'spec', 'defaultBackend'), ...paths.map((path) => at(path, 'backend'))].map((backend) =>
    textAt(backend, 'service', 'name'),
  )
}

async function listKind(kind: string, namespace: string, reads: RelatedReads) {
  const resource = await reads.resource(kind)
  const { items } = await listObjects(reads.cluster, { resource, namespace, signal: reads.signal })
  return { resource, items }
}

/** Undefined if access is denied: the chain is a help, and shorter without it. */
async function quietly<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof KubeError && !error.concernsEveryCall) return undefined
    throw error
  }
}
