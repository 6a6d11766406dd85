/** Workloads: replicas, pods and pod template. */
import { relatedOf } from '../../../shared/kubernetes/health/related'
import type { Section } from '../../../shared/result'
import { ageOf, at, listAt, textAt } from '../../kubernetes/read/fields'
import { selectorText } from '../../../shared/kubernetes/selectors'
import { isOwnedBy } from '../../kubernetes/read/owners'
import type { KubeObject } from '../../kubernetes/types'
import { containerSetup, containersOf, environmentSection, volumesSection } from './containers'
import type { KindDescription, RelatedSections } from './kind'
import { linesSection, type Lines } from './lines'
import type { RelatedReads } from './reads'

type Field = [name: string, ...path: string[]]

function fields(object: KubeObject, paths: Field[]): Lines {
  return paths.map(([name, ...path]) => [name, textAt(object, ...path) || (ZERO.has(name) ? '0' : '')])
}

/** Counts that the API omits when they are 0. */
const ZERO = new Set(['Updated', 'Ready', 'Available', 'Active', 'Succeeded', 'Failed'])

function template(object: KubeObject): unknown {
  return at(object, 'spec', 'template') ?? at(object, 'spec', 'jobTemplate', 'spec', 'template')
}

function images(object: KubeObject): string {
  return containersOf(template(object))
    .map(({ spec }) => textAt(spec, 'image'))
    .join(', ')
}

/** Counts, then the sections that all workloads share. */
function workload(
  title: string,
  counts: Field[],
  details: Field[],
  related?: KindDescription['related'],
): KindDescription {
  return {
    first: (object) => linesSection(title, fields(object, counts)),
    details: (object) => [
      ...linesSection('Details', [
        ...fields(object, details),
        ['Selector', selectorText(at(object, 'spec', 'selector')) ?? ''],
        ['Service account', textAt(template(object), 'spec', 'serviceAccountName')],
      ]),
      ...containerSetup(template(object)),
    ],
    last: (object) => [...environmentSection(template(object)), ...volumesSection(template(object))],
    ...(related && { related }),
  }
}

async function ownPods(object: KubeObject, reads: RelatedReads): Promise<RelatedSections> {
  const names = new Set([object.metadata.name])
  return podsOf(object, reads, (each) => isOwnedBy(each, object.kind ?? '', names))
}

async function podsOf(
  object: KubeObject,
  reads: RelatedReads,
  keep: (pod: KubeObject) => boolean,
): Promise<RelatedSections> {
  const labelSelector = selectorText(at(object, 'spec', 'selector'))
  if (labelSelector === undefined) return { sections: [] }
  const { namespace } = object.metadata
  const pods = await reads.table({ title: 'Pods', kind: 'v1/Pod', namespace, labelSelector, keep })
  return pods
    ? { sections: pods.sections, failing: pods.bad, health: relatedOf({ pods: pods.objects }) }
    : { sections: [], failing: [] }
}

/** The ReplicaSets that have pods, and all their pods. */
async function deploymentParts(object: KubeObject, reads: RelatedReads): Promise<RelatedSections> {
  const labelSelector = selectorText(at(object, 'spec', 'selector'))
  const { namespace, name } = object.metadata
  const own = (each: KubeObject) => isOwnedBy(each, 'Deployment', new Set([name]))
  const all = await reads.objects({
    title: 'ReplicaSets',
    kind: 'apps/v1/ReplicaSet',
    namespace,
    labelSelector,
    keep: own,
  })
  const sets = (all ?? []).map((set) => ({ set, revision: textAt(set, 'metadata', 'annotations', REVISION) }))
  const newest = sets.reduce((top, { revision }) => Math.max(top, Number(revision)), 0)
  const text = sets
    .filter(({ set, revision }) => Number(textAt(set, 'status', 'replicas')) > 0 || Number(revision) === newest)
    .sort((one, other) => Number(other.revision) - Number(one.revision))
    .map(({ set, revision }) => {
      const ready = `${textAt(set, 'status', 'readyReplicas') || 0} of ${textAt(set, 'spec', 'replicas')} ready`
      return `revision ${revision}: ${set.metadata.name}, ${ready}, ${ageOf(set.metadata.creationTimestamp, reads.now)} old, ${images(set)}`
    })
  const names = new Set(sets.map(({ set }) => set.metadata.name))
  const pods = await podsOf(object, reads, (pod) => all === undefined || isOwnedBy(pod, 'ReplicaSet', names))
  const failing = [...(pods.failing ?? []), ...sets.map(({ set }) => set).filter(hasFailed)]
  return { ...pods, sections: [...replicaSetLines(text), ...pods.sections], failing }
}

const REVISION = 'deployment.kubernetes.io/revision'

function replicaSetLines(lines: string[]): Section[] {
  return lines.length === 0 ? [] : [{ title: 'ReplicaSets', text: lines.join('\n') }]
}

/** A ReplicaSet that a quota or webhook keeps from creating pods reports it in its events. */
function hasFailed(set: KubeObject): boolean {
  return listAt(set, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'ReplicaFailure' && textAt(condition, 'status') === 'True',
  )
}

/** Jobs created by the CronJob. */
async function cronJobParts(object: KubeObject, reads: RelatedReads): Promise<RelatedSections> {
  const { namespace, name } = object.metadata
  const keep = (job: KubeObject) => isOwnedBy(job, 'CronJob', new Set([name]))
  const jobs = await reads.table({ title: 'Jobs', kind: 'batch/v1/Job', namespace, keep })
  return { sections: jobs?.sections ?? [], failing: jobs?.bad ?? [] }
}

const desired: Field = ['Desired', 'spec', 'replicas']
const ready: Field = ['Ready', 'status', 'readyReplicas']
const available: Field = ['Available', 'status', 'availableReplicas']

export const deployment = workload(
  'Replicas',
  [
    desired,
    ['Updated', 'status', 'updatedReplicas'],
    ready,
    available,
    ['Unavailable', 'status', 'unavailableReplicas'],
  ],
  [
    ['Strategy', 'spec', 'strategy', 'type'],
    ['Max unavailable', 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable'],
    ['Max surge', 'spec', 'strategy', 'rollingUpdate', 'maxSurge'],
    ['Progress deadline', 'spec', 'progressDeadlineSeconds'],
  ],
  deploymentParts,
)

export const statefulSet = workload(
  'Replicas',
  [desired, ['Current', 'status', 'currentReplicas'], ['Updated', 'status', 'updatedReplicas'], ready, available],
  [
    ['Update strategy', 'spec', 'updateStrategy', 'type'],
    ['Pod management', 'spec', 'podManagementPolicy'],
    ['Service', 'spec', 'serviceName'],
  ],
  ownPods,
)

export const replicaSet = workload('Replicas', [desired, ready, available], [], ownPods)

export const daemonSet = workload(
  'Nodes',
  [
    ['Desired', 'status', 'desiredNumberScheduled'],
    ['Updated', 'status', 'updatedNumberScheduled'],
    ['Ready', 'status', 'numberReady'],
    ['Available', 'status', 'numberAvailable'],
    ['Unavailable', 'status', 'numberUnavailable'],
    ['On wrong nodes', 'status', 'numberMisscheduled'],
  ],
  [['Update strategy', 'spec', 'updateStrategy', 'type']],
  ownPods,
)

export const job = workload(
  'Pods so far',
  [
    ['Active', 'status', 'active'],
    ['Succeeded', 'status', 'succeeded'],
    ['Failed', 'status', 'failed'],
    ['Started', 'status', 'startTime'],
    ['Completed', 'status', 'completionTime'],
  ],
  [
    ['Completions', 'spec', 'completions'],
    ['Parallelism', 'spec', 'parallelism'],
    ['Backoff limit', 'spec', 'backoffLimit'],
    ['Active deadline', 'spec', 'activeDeadlineSeconds'],
  ],
  ownPods,
)

export const cronJob = workload(
  'Schedule',
  [
    ['Schedule', 'spec', 'schedule'],
    ['Time zone', 'spec', 'timeZone'],
    ['Last scheduled', 'status', 'lastScheduleTime'],
    ['Last success', 'status', 'lastSuccessfulTime'],
  ],
  [
    ['Concurrency', 'spec', 'concurrencyPolicy'],
    ['Starting deadline', 'spec', 'startingDeadlineSeconds'],
  ],
  cronJobParts,
)
