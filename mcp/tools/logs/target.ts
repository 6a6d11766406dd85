/** Chooses the pod: by its own name or its workload's; of several pods, the failing one. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { KubeError } from '../../kubernetes/errors/errors'
import { listObjects, listTable } from '../../kubernetes/list/list'
import { getObject } from '../../kubernetes/list/object'
import type { ApiResource, KubeObject } from '../../kubernetes/types'
import type { ToolArguments, ToolContext } from '../tool'
import { failureOfPod } from './container-choice'
import { readPod } from './pod'
import type { Pod } from './pod'
import { podsOfWorkload } from './workload'

export interface FoundPod {
  pod: Pod
  /** The resource `pods`. */
  pods: ApiResource
  notes: ResultNote[]
}

/** Kinds that a bare name may refer to, the usual ones first. */
const WORKLOADS = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'cronjobs.batch', 'jobs.batch']

/**
 * @returns undefined for a workload without pods; `notes` say why
 * @throws KubeError `not-found` with pods of the same owner or similar names; `invalid-arguments`
 */
export async function findPod(
  args: ToolArguments,
  context: ToolContext,
): Promise<FoundPod | { pod: undefined; notes: ResultNote[] }> {
  const { cluster, signal } = context
  const { resource: pods } = await cluster.discovery.find('pods', signal)
  const { kind, name } = await readTarget(args, context)
  if (name === undefined) {
    if (args.labelSelector === undefined) throw nameMissing()
    const { labelSelector, namespace } = args
    const { items } = await listObjects(cluster, { resource: pods, labelSelector, namespace, signal })
    return choosePod(items, msg('the-selector', { labelSelector }), pods, context.now())
  }
  if (kind === undefined || (kind.plural === 'pods' && kind.group === '')) {
    return await findPodByName(name, pods, args, context)
  }
  const object = await getObject(cluster, { resource: kind, namespace: args.namespace, name, signal })
  return await podOfWorkload(kind, { object, notes: [] }, pods, context)
}

function nameMissing(): KubeError {
  return new KubeError('invalid-arguments', msg('name-a-pod'))
}

/** Accepts `deploy/web` or separate arguments. A resource that is not a kind is a pod's name. */
async function readTarget(
  { resource, name }: ToolArguments,
  { cluster, signal }: ToolContext,
): Promise<{ kind?: ApiResource; name?: string }> {
  const [kind, rest] = split(name) ?? (name === undefined ? split(resource) : undefined) ?? [resource, name]
  if (kind === undefined) return rest === undefined ? {} : { name: rest }
  try {
    const found = await cluster.discovery.find(kind, signal)
    return { kind: found.resource, ...(rest !== undefined && { name: rest }) }
  } catch (error) {
    if (rest === undefined && error instanceof KubeError && error.code === 'unknown-kind') return { name: kind }
    throw error
  }
}

function split(text: string | undefined): [string, string] | undefined {
  const parts = text?.split('/') ?? []
  const [kind, name] = parts
  return parts.length === 2 && kind && name ? [kind, name] : undefined
}

interface Found {
  object: KubeObject
  notes: ResultNote[]
}

function ambiguous(name: string, found: string[]): KubeError {
  const detail = msg('name-of-several', { name, count: found.length, found: found.slice(0, 8).join(', ') })
  return new KubeError('invalid-arguments', detail, { name, count: found.length })
}

/** Empty if nothing exists or access is denied. */
async function listNamed(
  resource: ApiResource,
  name: string,
  namespace: string | undefined,
  { cluster, signal }: Pick<ToolContext, 'cluster' | 'signal'>,
): Promise<KubeObject[]> {
  try {
    const { items } = await listObjects(cluster, {
      resource,
      namespace,
      fieldSelector: `metadata.name=${name}`,
      signal,
    })
    return items
  } catch (error) {
    if (error instanceof KubeError && !error.concernsEveryCall) return []
    throw error
  }
}

async function findPodByName(
  name: string,
  pods: ApiResource,
  args: ToolArguments,
  context: ToolContext,
): Promise<FoundPod | { pod: undefined; notes: ResultNote[] }> {
  let missing: KubeError
  try {
    const { cluster, signal } = context
    const object = await getObject(cluster, { resource: pods, namespace: args.namespace, name, signal })
    return { pod: readPod(object), pods, notes: [] }
  } catch (error) {
    if (!(error instanceof KubeError) || error.code !== 'not-found') throw error
    missing = error
  }
  const workload = await findWorkload(name, args, context)
  if (workload) return await podOfWorkload(workload.kind, workload, pods, context)
  throw (await gone(name, pods, args, context)) ?? missing
}

/**
 * A workload named without its kind.
 * @throws KubeError if there are several
 */
async function findWorkload(
  name: string,
  { namespace }: ToolArguments,
  context: ToolContext,
): Promise<(Found & { kind: ApiResource }) | undefined> {
  const { cluster, signal } = context
  const found = await Promise.all(
    WORKLOADS.map(async (kind) => {
      try {
        const { resource } = await cluster.discovery.find(kind, signal)
        const items = await listNamed(resource, name, namespace, context)
        return items.map((object) => ({ kind: resource, object }))
      } catch (error) {
        if (error instanceof KubeError && (error.code === 'unknown-kind' || error.code === 'denied-by-operator'))
          return []
        throw error
      }
    }),
  )
  const [first, ...others] = found.flat()
  if (!first) return undefined
  const text = ({ kind, object }: typeof first) => `${kind.singular}/${name} in ${object.metadata.namespace ?? ''}`
  if (others.length > 0) throw ambiguous(name, [first, ...others].map(text))
  return { ...first, notes: [msg('pod-of-workload', { name, found: text(first) })] }
}

async function podOfWorkload(
  kind: ApiResource,
  { object, notes }: Found,
  pods: ApiResource,
  context: ToolContext,
): Promise<FoundPod | { pod: undefined; notes: ResultNote[] }> {
  const items = await podsOfWorkload(kind, object, pods, context)
  const chosen = choosePod(items, `${object.kind ?? kind.kind} ${object.metadata.name}`, pods, context.now())
  return { ...chosen, notes: [...notes, ...chosen.notes] }
}

/** The pod that fails most; the newest of equals. */
function choosePod(
  items: readonly KubeObject[],
  owner: string | Message,
  pods: ApiResource,
  now: number,
): FoundPod | { pod: undefined; notes: ResultNote[] } {
  const found = items.map(readPod)
  const newestAlive = Math.max(0, ...found.filter(({ phase }) => phase !== 'Failed').map(({ created }) => created))
  const rated = found
    .map((pod) => {
      // A failed pod with a newer replacement is history.
      const replaced = pod.phase === 'Failed' && pod.created <= newestAlive
      return { pod, failure: replaced || pod.deleting ? -1 : failureOfPod(pod, now) }
    })
    .sort((one, other) => other.failure - one.failure || other.pod.created - one.pod.created)
    .map(({ pod }) => pod)
  const [pod, ...others] = rated
  if (!pod) return { pod: undefined, notes: [msg('no-pods', { owner })] }
  if (others.length === 0) return { pod, pods, notes: [] }
  const names = others.slice(0, 4).map((other) => `${other.name} (${podState(other)})`)
  const named = { names: names.join(', '), count: others.length - names.length }
  const rest = named.count > 0 ? msg('and-count-more', named) : named.names
  const params = { owner, count: found.length, pod: pod.name, state: podState(pod), others: rest }
  return { pod, pods, notes: [msg('pod-chosen', params)] }
}

/** The pod's state: its own reason, or that of its worst container. */
function podState(pod: Pod): string {
  if (pod.deleting) return 'Terminating'
  if (pod.reason !== undefined) return pod.reason
  for (const { waiting, terminated } of pod.containers) {
    if (waiting && waiting.reason !== '' && waiting.reason !== 'PodInitializing') return waiting.reason
    if (terminated && terminated.exitCode !== 0) return terminated.reason ?? 'Error'
  }
  return pod.phase
}

/** The pod no longer exists: suggest those of the same owner. */
async function gone(
  name: string,
  resource: ApiResource,
  { namespace }: ToolArguments,
  { cluster, signal }: ToolContext,
): Promise<KubeError | undefined> {
  let list
  try {
    list = await listTable(cluster, { resource, namespace, objects: 'metadata', signal })
  } catch (error) {
    if (error instanceof KubeError) return undefined
    throw error
  }
  const status = list.columns.findIndex((column) => column.name === 'STATUS')
  const same = list.rows
    .map(({ object, cells }) => ({
      name: object.metadata.name,
      namespace: object.metadata.namespace ?? '',
      owner: ownerStem(object),
      status: cells[status] ?? '',
    }))
    .filter(({ owner }) => owner !== undefined && name.startsWith(`${owner}-`))
  const longest = Math.max(0, ...same.map(({ owner }) => owner?.length ?? 0))
  const pods = same.filter(({ owner }) => owner?.length === longest)
  const where = pods[0]?.namespace
  if (where === undefined) return undefined
  const named = pods.slice(0, 5).map((pod) => `${pod.name} (${pod.status})`)
  const count = pods.length - named.length
  const names = count > 0 ? msg('and-count-more', { names: named.join(', '), count }) : named.join(', ')
  return new KubeError('not-found', msg('pod-gone', { name, namespace: where, names }), {
    name,
    namespace: where,
    pods: pods.map((pod) => pod.name).join(', '),
  })
}

/** `web` for a pod of ReplicaSet `web-75c7fd6968`: the common prefix of a workload's pods. */
function ownerStem({ metadata }: KubeObject): string | undefined {
  const owner = metadata.ownerReferences?.[0]
  if (!owner) return undefined
  const hash = metadata.labels?.['pod-template-hash']
  return hash !== undefined && owner.name.endsWith(`-${hash}`) ? owner.name.slice(0, -hash.length - 1) : owner.name
}
