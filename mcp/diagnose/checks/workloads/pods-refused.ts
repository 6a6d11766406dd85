/** A workload whose pods the API server refuses: quota, limits, admission, or a missing account. */
import { numberAt } from '../../../../shared/kubernetes/fields'
import { condition, conditionsOf } from '../../../../shared/kubernetes/health/conditions'
import { msg } from '../../../../shared/messages/create'
import type { Message } from '../../../../shared/messages/message'
import type { KubeObject } from '../../../kubernetes/types'
import { eventFact, fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found, Ref } from '../../types'
import type { World } from '../../world/world'
import { topOwner } from '../../chains/owners'

const KINDS = ['apps/ReplicaSet', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/Job'] as const

/** In milliseconds: controllers try again with a growing delay. */
const LATELY = 20 * 60_000

export const podsRefused: Check = {
  id: 'pods-refused',
  reads: ['apps/ReplicaSet'],
  reference: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
  explains: ['workload-short'],
  find: (world) => KINDS.flatMap((kind) => world.list(kind).flatMap((object) => findIn(world, object))),
  samples: {
    fires: [
      `
- {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: trial-1, namespace: a}, spec: {replicas: 4}, status: {replicas: 2, conditions: [{type: ReplicaFailure, status: "True", reason: FailedCreate, message: 'pods "trial-1-x" is forbidden: exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2'}]}}`,
      `
- {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: a}, spec: {replicas: 1}, status: {replicas: 0}}
- {kind: Event, metadata: {name: e, namespace: a}, type: Warning, reason: FailedCreate, message: 'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: error looking up service account a/db: serviceaccount "db" not found', lastTimestamp: "2026-11-29T11:59:50Z", involvedObject: {apiVersion: apps/v1, kind: StatefulSet, name: db, namespace: a}}`,
    ],
    silent: [
      `
- {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-1, namespace: a}, spec: {replicas: 2}, status: {replicas: 2}}
- {kind: Event, metadata: {name: e, namespace: a}, type: Warning, reason: FailedCreate, message: "exceeded quota: team", lastTimestamp: "2026-11-29T11:50:00Z", involvedObject: {apiVersion: apps/v1, kind: ReplicaSet, name: web-1, namespace: a}}`,
    ],
  },
}

interface Reason {
  match: RegExp
  cause: (match: RegExpExecArray) => Message
  next: () => Message
}

const REASONS: readonly Reason[] = [
  {
    match: /exceeded quota: ([\w.-]+)/,
    cause: (match) => msg('refused-quota', { name: match[1] ?? '' }),
    next: () => msg('next-refused-quota'),
  },
  {
    match: /failed quota: ([\w.-]+): must specify ([\w.,-]+)/,
    cause: (match) => msg('refused-quota-fields', { name: match[1] ?? '', fields: match[2] ?? '' }),
    next: () => msg('next-refused-quota-fields'),
  },
  {
    match: /violates PodSecurity "([^"]+)"/,
    cause: (match) => msg('refused-security', { level: match[1] ?? '' }),
    next: () => msg('next-refused-security'),
  },
  {
    match: /(?:maximum|minimum) (\S+) usage per (?:Container|Pod)/i,
    cause: (match) => msg('refused-limits', { resource: match[1] ?? '' }),
    next: () => msg('next-refused-limits'),
  },
  {
    match: /failed calling webhook "([^"]+)"/,
    cause: (match) => msg('refused-webhook-down', { name: match[1] ?? '' }),
    next: () => msg('next-refused-webhook-down'),
  },
  {
    match: /admission webhook "([^"]+)" denied/,
    cause: (match) => msg('refused-webhook', { name: match[1] ?? '' }),
    next: () => msg('next-refused-webhook'),
  },
  {
    match: /serviceaccount "([^"]+)" not found|service account [\w-]+\/([\w.-]+): /,
    cause: (match) => msg('refused-account', { name: match[1] ?? match[2] ?? '' }),
    next: () => msg('next-refused-account'),
  },
  {
    match: /no PriorityClass with name (\S+)/,
    cause: (match) => msg('refused-priority', { name: match[1] ?? '' }),
    next: () => msg('next-refused-priority'),
  },
]

function findIn(world: World, object: KubeObject): Found[] {
  if (!isShort(object)) return []
  const failure = condition(conditionsOf(object), 'ReplicaFailure')
  const event = world.events(object, /^FailedCreate$/).find(({ last = 0 }) => world.now - last < LATELY)
  const words = failure?.status === 'True' ? (failure.message ?? '') : event?.message
  if (words === undefined) return []
  const reason = REASONS.find(({ match }) => match.test(words))
  const match = reason?.match.exec(words)
  return [
    {
      object: topOf(world, object),
      severity: 'critical',
      certainty: 'certain',
      cause: reason && match ? reason.cause(match) : msg('refused-other'),
      next: reason ? reason.next() : msg('next-refused-other'),
      evidence: [event ? eventFact(event, `${object.kind ?? ''} ${object.metadata.name}`) : fact('status', words)],
      because: webhookRefs(world, words),
    },
  ]
}

/** The workload that a person wrote. */
function topOf(world: World, object: KubeObject): Ref {
  const top = topOwner(world, refOf(object))
  return world.find(top) ? top : refOf(object)
}

function isShort(object: KubeObject): boolean {
  const number = (...path: string[]) => numberAt(object, ...path)
  switch (object.kind) {
    case 'DaemonSet':
      return (number('status', 'currentNumberScheduled') ?? 0) < (number('status', 'desiredNumberScheduled') ?? 0)
    case 'Job':
      return (number('status', 'active') ?? 0) === 0 && (number('status', 'succeeded') ?? 0) === 0
    default:
      return (number('status', 'replicas') ?? 0) < (number('spec', 'replicas') ?? 1)
  }
}

function webhookRefs(world: World, words: string): Ref[] {
  const name = /failed calling webhook "([^"]+)"/.exec(words)?.[1]
  if (name === undefined) return []
  return ['Validating', 'Mutating']
    .map((each) => `admissionregistration.k8s.io/${each}WebhookConfiguration`)
    .flatMap((kind) => world.list(kind))
    .filter((each) => JSON.stringify(each.webhooks ?? []).includes(JSON.stringify(name)))
    .map(refOf)
}
