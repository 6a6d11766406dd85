/** `kubectl_drain`: cordons a node and evicts its pods, as far as PodDisruptionBudgets allow. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import type { Operation, WriteContext } from '../../changes/types'
import type { ResultNote } from '../../../shared/result'
import { answerSchema, dryRunRequest } from '../../changes/requests'
import { KubeError } from '../../kubernetes/errors/errors'
import { at, listAt, textAt } from '../../kubernetes/read/fields'
import { inParallel } from '../../kubernetes/list/in-parallel'
import { listObjects } from '../../kubernetes/list/list'
import { ownerOf } from '../../kubernetes/read/owners'
import { objectPath } from '../../../shared/kubernetes/api'
import type { ApiResource, KubeObject } from '../../kubernetes/types'
import { text } from '../properties'
import { cordonOperation, NODE_ALIASES, readNodes } from './cordon'
import { ArgumentReader } from './reader'
import { findTarget, withKind } from './target'
import { titleOf } from './title'
import { writeTool } from './tool'

/** More pods than a node may have. */
const MOST = 1000

export const kubectlDrain = writeTool({
  name: 'kubectl_drain',
  description: 'Cordon a node and evict its pods.',
  properties: { name: text },
  required: ['name'],
  schema: z.object({ name: z.string() }),
  read: (raw) => {
    const reader = new ArgumentReader('kubectl_drain', raw, ['name', 'resource'], NODE_ALIASES)
    return readNodes(reader).map((name) => ({ name }))
  },
  draft: async ({ name }, context) => {
    const target = await findTarget({ resource: 'nodes', name }, context)
    const { resource, pods } = await podsOn(name, context)
    const going = pods.filter((pod) => staysBecause(pod) === undefined)
    const evictions = going.map((each) => evictOperation(resource, withKind(each, resource)))
    const blocked = await blockedBy(evictions, context)
    const evicted = evictions.filter((each) => !blocked.has(each))
    const node = { kind: 'Node', name, namespace: undefined }
    return {
      title: await titleOf('drain', node, { n: evicted.length }, context),
      operations: [cordonOperation(target, true), ...evicted],
      notes: [...blockedNotes(blocked), ...stayingNotes(pods)],
      kubectl: ['drain', name, ...drainFlags(evictions)],
      confirm: name,
    }
  },
})

/** Those without which kubectl refuses to evict these pods. */
function drainFlags(evictions: readonly Operation[]): string[] {
  const codes = new Set(evictions.flatMap(({ notes }) => notes.map(({ code }) => code)))
  return [
    '--ignore-daemonsets',
    ...(codes.has('evict-empty-dir') ? ['--delete-emptydir-data'] : []),
    ...(codes.has('evict-unmanaged') ? ['--force'] : []),
  ]
}

async function podsOn(
  node: string,
  { cluster, signal }: WriteContext,
): Promise<{ resource: ApiResource; pods: KubeObject[] }> {
  const { resource } = await cluster.discovery.find('v1/Pod', signal)
  const fieldSelector = `spec.nodeName=${node}`
  const { items, coverage } = await listObjects(cluster, { resource, fieldSelector, signal })
  // Pods in namespaces that the operator excludes are not listed, so the drain would miss them.
  if (!coverage.complete || coverage.notes.some(({ params }) => Number(params.left ?? 0) > 0))
    throw new KubeError('not-available', msg('drain-unread', { node }))
  if (items.length > MOST)
    throw new KubeError('too-large', msg('drain-too-many', { node, count: items.length, most: MOST }))
  return { resource, pods: items }
}

/** Concurrent dry runs. */
const AT_ONCE = 8

/** Evictions that a PodDisruptionBudget refuses now. If it allows each but not all, the rest is refused later. */
async function blockedBy(
  evictions: readonly Operation[],
  { cluster, signal }: WriteContext,
): Promise<Map<Operation, Message>> {
  const reasons = await inParallel(evictions, AT_ONCE, async (eviction) => {
    const { method, path, options } = dryRunRequest(eviction)
    try {
      await cluster.client.send(method, path, { ...options, schema: answerSchema, signal, dryRun: true })
      return undefined
    } catch (error) {
      if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
      // The plan meets any other refusal again and names the pod.
      return error.code === 'disruption-budget' ? error.detail : undefined
    }
  })
  return new Map(
    evictions.flatMap((eviction, index): [Operation, Message][] => {
      const reason = reasons[index]
      return reason === undefined ? [] : [[eviction, reason]]
    }),
  )
}

function blockedNotes(blocked: ReadonlyMap<Operation, Message>): ResultNote[] {
  return [...blocked].map(([{ name, namespace = '' }, reason]) => msg('drain-blocked', { name, namespace, reason }))
}

type Staying = 'DaemonSet' | 'static' | 'ended'

/** Follows `kubectl drain --ignore-daemonsets`. */
function staysBecause(pod: KubeObject): Staying | undefined {
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return 'static'
  const isEnded = ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase'))
  if (ownerOf(pod)?.kind === 'DaemonSet') return isEnded ? 'ended' : 'DaemonSet'
  return undefined
}

function stayingNotes(pods: readonly KubeObject[]): ResultNote[] {
  const note = (why: Staying, code: 'drain-keeps-daemons' | 'drain-keeps-static'): ResultNote[] => {
    const names = pods.filter((pod) => staysBecause(pod) === why).map(fullName)
    if (names.length === 0) return []
    return [msg(code, { n: names.length, pods: listed(names) })]
  }
  return [...note('DaemonSet', 'drain-keeps-daemons'), ...note('static', 'drain-keeps-static')]
}

const FEW = 10

function listed(all: readonly string[]): string | Message {
  const count = all.length - FEW
  const names = all.slice(0, FEW).join(', ')
  return count > 0 ? msg('and-count-more', { names, count }) : names
}

function fullName({ metadata: { namespace = '', name } }: KubeObject): string {
  return `${namespace}/${name}`
}

function evictOperation(resource: ApiResource, live: KubeObject): Operation {
  const { name, namespace } = live.metadata
  return {
    verb: 'evict',
    resource,
    namespace,
    name,
    method: 'POST',
    path: `${objectPath(resource, namespace, name)}/eviction`,
    contentType: 'application/json',
    query: {},
    body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } },
    live,
    assigned: [],
    notes: lossNotes(live),
  }
}

/** Losses caused by deleting the pod. */
function lossNotes(pod: KubeObject): ResultNote[] {
  const { name } = pod.metadata
  const notes: ResultNote[] = []
  if (!ownerOf(pod)) notes.push(msg('evict-unmanaged', { name }))
  const volumes = listAt(pod, 'spec', 'volumes').filter((volume) => at(volume, 'emptyDir') !== undefined)
  if (volumes.length > 0) {
    const names = volumes.map((volume) => textAt(volume, 'name')).join(', ')
    notes.push(msg('evict-empty-dir', { name, volumes: names }))
  }
  return notes
}
