/** `kubectl_drain`: cordons a node and evicts its pods, as far as PodDisruptionBudgets allow. */
import { z } from 'zod'
import type { Operation, WriteContext } from '../../changes/types'
import type { ResultNote } from '../../../shared/result'
import { KubeError } from '../../kubernetes/errors'
import { at, listAt, textAt } from '../../kubernetes/fields'
import { listObjects } from '../../kubernetes/list'
import { ownerOf } from '../../kubernetes/owners'
import { objectPath } from '../../kubernetes/paths'
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
    const evicted = pods.filter((pod) => staysBecause(pod) === undefined)
    const pod = evicted.length === 1 ? 'pod is' : 'pods are'
    const words = { verb: 'Drain', tail: `: ${evicted.length} ${pod} evicted`, params: { pods: evicted.length } }
    const node = { kind: 'Node', name, namespace: undefined }
    return {
      title: await titleOf('drain', node, words, context),
      operations: [
        cordonOperation(target, true),
        ...evicted.map((each) => evictOperation(resource, withKind(each, resource))),
      ],
      notes: stayingNotes(pods),
      confirm: name,
    }
  },
})

async function podsOn(
  node: string,
  { cluster, signal }: WriteContext,
): Promise<{ resource: ApiResource; pods: KubeObject[] }> {
  const { resource } = await cluster.discovery.find('v1/Pod', signal)
  const fieldSelector = `spec.nodeName=${node}`
  const { items, coverage } = await listObjects(cluster, { resource, fieldSelector, signal })
  // The operator's excluded namespaces are left out of the list: their pods would be left out of the drain.
  if (!coverage.complete || coverage.notes.some(({ params }) => Number(params.left ?? 0) > 0))
    throw new KubeError('not-available', `Not all pods on ${node} may be read: it cannot be drained.`, { node })
  if (items.length > MOST)
    throw new KubeError('too-large', `${node} has ${items.length} pods, more than ${MOST}.`, { node })
  return { resource, pods: items }
}

type Staying = 'DaemonSet' | 'static' | 'ended'

/** After `kubectl drain --ignore-daemonsets`. */
function staysBecause(pod: KubeObject): Staying | undefined {
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return 'static'
  const isEnded = ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase'))
  if (ownerOf(pod)?.kind === 'DaemonSet') return isEnded ? 'ended' : 'DaemonSet'
  return undefined
}

function stayingNotes(pods: readonly KubeObject[]): ResultNote[] {
  const of = (why: Staying) => pods.filter((pod) => staysBecause(pod) === why).map(fullName)
  const daemons = of('DaemonSet')
  const fixed = of('static')
  return [
    ...(daemons.length > 0
      ? [
          {
            code: 'drain-keeps-daemons',
            params: { count: daemons.length, pods: listed(daemons) },
            text: `${counted(daemons.length)} of DaemonSets stay: ${listed(daemons)}`,
          },
        ]
      : []),
    ...(fixed.length > 0
      ? [
          {
            code: 'drain-keeps-static',
            params: { count: fixed.length, pods: listed(fixed) },
            text: `${counted(fixed.length)} of the node itself stay: ${listed(fixed)}`,
          },
        ]
      : []),
  ]
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'pod' : 'pods'}`
}

const FEW = 10

function listed(names: readonly string[]): string {
  const more = names.length - FEW
  return more > 0 ? `${names.slice(0, FEW).join(', ')} and ${more} more` : names.join(', ')
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

/** What does not come back when the pod is gone. */
function lossNotes(pod: KubeObject): ResultNote[] {
  const { name } = pod.metadata
  const notes: ResultNote[] = []
  if (!ownerOf(pod))
    notes.push({
      code: 'evict-unmanaged',
      params: { name },
      text: `Pod ${name} has no controller: it is deleted and not created again`,
    })
  const volumes = listAt(pod, 'spec', 'volumes').filter((volume) => at(volume, 'emptyDir') !== undefined)
  if (volumes.length > 0) {
    const names = volumes.map((volume) => textAt(volume, 'name')).join(', ')
    notes.push({
      code: 'evict-empty-dir',
      params: { name, volumes: names },
      text: `Pod ${name} loses the data in its emptyDir volumes: ${names}`,
    })
  }
  return notes
}
