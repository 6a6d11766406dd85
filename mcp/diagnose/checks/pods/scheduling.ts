/** A pod that no node takes, with the reason of most nodes. */
import { at, isRecord, listAt, textAt, timeAt } from '../../../../shared/kubernetes/fields'
import { matchesSelector, selectorText as selectorQuery } from '../../../../shared/kubernetes/selectors'
import { formatCpu, formatMemory, parseQuantity } from '../../../../shared/kubernetes/quantities'
import { msg } from '../../../../shared/messages/create'
import type { Message } from '../../../../shared/messages/message'
import type { Evidence } from '../../../../shared/findings'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found, Ref } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'
import { podClaims } from './claims'

export const scheduling: Check = {
  id: 'scheduling',
  reads: ['Pod'],
  reference: 'https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/',
  find: (world) => troubledPods(world).flatMap((pod) => findIn(world, pod)),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: big}, spec: {containers: [{name: big, resources: {requests: {cpu: "64"}}}]}, status: {phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: "0/3 nodes are available: 3 Insufficient cpu."}]}}`,
      `
- {kind: Pod, metadata: {name: gpu}, spec: {nodeSelector: {gpu: "yes"}, containers: [{name: gpu}]}, status: {phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable, message: "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't match Pod's node affinity/selector."}]}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: new, creationTimestamp: "2026-11-29T11:59:59Z"}, spec: {containers: [{name: new}]}, status: {phase: Pending}}`,
      `
- {kind: Pod, metadata: {name: ok}, spec: {nodeName: n1, containers: [{name: ok}]}, status: {phase: Pending, conditions: [{type: PodScheduled, status: "True"}], containerStatuses: [{name: ok, state: {waiting: {reason: ContainerCreating}}}]}}
- {kind: Event, metadata: {name: e}, type: Warning, reason: FailedScheduling, message: "0/3 nodes are available: 3 Insufficient cpu.", lastTimestamp: "2026-11-29T11:58:00Z", involvedObject: {kind: Pod, name: ok}}`,
    ],
  },
}

function findIn(world: World, { object, facts }: TroubledPod): Found[] {
  if (facts.phase !== 'Pending' || facts.deleting) return []
  if (facts.unscheduled?.reason !== 'Unschedulable') return otherScheduler(world, object)
  const { message } = facts.unscheduled
  const claims = podClaims(object)
  const isAboutClaim = /persistentvolumeclaim|PersistentVolumeClaims?/.test(message)
  const { cause, next, evidence } = isAboutClaim
    ? claimReason(world, claims, message)
    : reasonOf(world, object, message)
  return [
    {
      object: refOf(object),
      severity: 'critical',
      certainty: 'certain',
      cause,
      next,
      evidence: [fact('status', message), ...evidence],
      because: isAboutClaim ? claims : [],
      same: cause.text,
    },
  ]
}

/** In milliseconds: a scheduler looks at a pod within a second. */
const USUAL = 20_000

/** No scheduler of that name has looked at the pod. */
function otherScheduler(world: World, object: KubeObject): Found[] {
  const name = textAt(object, 'spec', 'schedulerName') ?? DEFAULT_SCHEDULER
  const isTried = textAt(object, 'spec', 'nodeName') !== undefined || listAt(object, 'status', 'conditions').length > 0
  const age = world.now - (timeAt(object, 'metadata', 'creationTimestamp') ?? world.now)
  if (isTried || name === DEFAULT_SCHEDULER || age < USUAL) return []
  return [
    {
      object: refOf(object),
      severity: 'critical',
      certainty: 'likely',
      cause: msg('schedule-scheduler', { name }),
      next: msg('next-schedule-scheduler'),
      evidence: [fact('spec', `schedulerName: ${name}`)],
    },
  ]
}

const DEFAULT_SCHEDULER = 'default-scheduler'

interface Reason {
  cause: Message
  next: Message
  evidence: Evidence[]
}

function claimReason(world: World, claims: Ref[], message: string): Reason {
  const name =
    /persistentvolumeclaim "([^"]+)" not found/.exec(message)?.[1] ?? claims.find((ref) => world.isMissing(ref))?.name
  if (name !== undefined)
    return { cause: msg('claim-missing', { name }), next: msg('next-claim-missing', { name }), evidence: [] }
  return {
    cause: msg('schedule-claims', { names: claims.map((ref) => ref.name).join(', ') }),
    next: msg('next-schedule-claims'),
    evidence: [],
  }
}

/** The scheduler counts nodes by reason; what a change of the pod can cure comes before what keeps nodes out for all. */
function reasonOf(world: World, pod: KubeObject, message: string): Reason {
  const nodes = world.list('Node')
  const selector = selectorText(pod)
  const isSelector = /didn't match Pod's node affinity\/selector/.test(message)
  const areAllRead = world.covers('Node', undefined)
  if (isSelector && selector !== undefined && areAllRead && !isMatched(nodes, pod))
    return { cause: msg('schedule-selector', { selector }), next: msg('next-schedule-selector'), evidence: [] }
  const short = [...message.matchAll(/(\d+) Insufficient ([\w./-]+?)(?=[,.;]|$)/g)].sort(
    (a, b) => Number(b[1]) - Number(a[1]),
  )
  const [first] = short
  if (first?.[2] !== undefined)
    return resourceReason(
      areAllRead ? nodes : [],
      pod,
      short.map((each) => each[2] ?? ''),
    )
  if (/volume node affinity conflict/.test(message))
    return { cause: msg('schedule-volume'), next: msg('next-schedule-volume'), evidence: [] }
  if (/Too many pods/.test(message))
    return { cause: msg('schedule-pods'), next: msg('next-schedule-resource'), evidence: [] }
  if (/free ports/.test(message))
    return { cause: msg('schedule-ports'), next: msg('next-schedule-ports'), evidence: [] }
  if (/topology spread/.test(message))
    return { cause: msg('schedule-spread'), next: msg('next-schedule-spread'), evidence: [] }
  if (/pod anti-affinity/.test(message))
    return { cause: msg('schedule-anti-affinity'), next: msg('next-schedule-spread'), evidence: [] }
  if (/pod affinity/.test(message))
    return { cause: msg('schedule-affinity'), next: msg('next-schedule-spread'), evidence: [] }
  if (/taint/.test(message))
    return { cause: msg('schedule-taint', { taints: taintsOf(nodes) }), next: msg('next-schedule-taint'), evidence: [] }
  if (isSelector)
    return {
      cause: msg('schedule-selector', { selector: selector ?? 'nodeAffinity' }),
      next: msg('next-schedule-selector'),
      evidence: [],
    }
  if (/unschedulable/.test(message))
    return { cause: msg('schedule-cordoned'), next: msg('next-schedule-cordoned'), evidence: [] }
  return { cause: msg('schedule-other'), next: msg('next-schedule-other'), evidence: [] }
}

function resourceReason(nodes: readonly KubeObject[], pod: KubeObject, resources: string[]): Reason {
  const facts = [...new Set(resources)].map((resource) => {
    const wanted = sumOf(pod, resource)
    const largest = Math.max(
      0,
      ...nodes.map((node) => parseQuantity(textAt(node, 'status', 'allocatable', resource) ?? '0') ?? 0),
    )
    return { resource, wanted, largest }
  })
  const impossible = nodes.length > 0 ? facts.find(({ wanted, largest }) => wanted > largest) : undefined
  const evidence = facts.map(({ resource, wanted, largest }) =>
    fact(
      'spec',
      msg('evidence-request', {
        resource,
        wanted: amount(resource, wanted),
        largest: nodes.length > 0 ? amount(resource, largest) : '?',
      }),
    ),
  )
  const names = facts.map(({ resource }) => resource).join(', ')
  if (impossible)
    return {
      cause: msg('schedule-too-large', {
        resource: impossible.resource,
        wanted: amount(impossible.resource, impossible.wanted),
        largest: amount(impossible.resource, impossible.largest),
      }),
      next: msg('next-schedule-too-large'),
      evidence: [],
    }
  return { cause: msg('schedule-resource', { resources: names }), next: msg('next-schedule-resource'), evidence }
}

function sumOf(pod: KubeObject, resource: string): number {
  return listAt(pod, 'spec', 'containers')
    .map((each) => parseQuantity(textAt(at(each, 'resources', 'requests'), resource) ?? '0') ?? 0)
    .reduce((sum, each) => sum + each, 0)
}

function amount(resource: string, value: number): string {
  if (resource === 'cpu') return formatCpu(value)
  return resource === 'memory' || resource.includes('storage') ? formatMemory(value) : String(value)
}

/** The node selector and the required affinity of a pod. */
function selectorText(pod: KubeObject): string | undefined {
  const selector = at(pod, 'spec', 'nodeSelector')
  const pairs = isRecord(selector) ? Object.entries(selector).map(([name, value]) => `${name}=${String(value)}`) : []
  const terms = nodeTerms(pod).flatMap((term) => selectorQuery(term) ?? [])
  const all = [...pairs, ...(terms.length > 0 ? [terms.join(' | ')] : [])]
  return all.length === 0 ? undefined : all.join(', ')
}

function nodeTerms(pod: KubeObject): unknown[] {
  const required = at(pod, 'spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution')
  return listAt(required, 'nodeSelectorTerms').filter((term) => listAt(term, 'matchExpressions').length > 0)
}

/** True if a node has what the pod's selector and affinity require, or if that is unknown. */
function isMatched(nodes: readonly KubeObject[], pod: KubeObject): boolean {
  const selector = at(pod, 'spec', 'nodeSelector')
  const pairs = isRecord(selector) ? Object.entries(selector) : []
  const terms = nodeTerms(pod)
  return nodes.some(({ metadata: { labels = {} } }) => {
    const isSelected = pairs.every(([name, value]) => labels[name] === value)
    return isSelected && (terms.length === 0 || terms.some((term) => isRecord(term) && matchesSelector(term, labels)))
  })
}

function taintsOf(nodes: readonly KubeObject[]): string {
  const taints = nodes.flatMap((node) =>
    listAt(node, 'spec', 'taints').map((each) => {
      const value = textAt(each, 'value')
      return `${textAt(each, 'key') ?? ''}${value === undefined ? '' : `=${value}`}:${textAt(each, 'effect') ?? ''}`
    }),
  )
  return [...new Set(taints)].filter((each) => !each.startsWith('node.kubernetes.io/')).join(', ') || '?'
}
