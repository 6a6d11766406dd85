/** Finds a workload's pods by selector and ownership. */
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import { KubeError } from '../../kubernetes/errors/errors'
import { listObjects } from '../../kubernetes/list/list'
import { builtInKind } from '../../../shared/kubernetes/built-in-kinds'
import { listAt, textAt } from '../../../shared/kubernetes/fields'
import { podOwners } from '../../../shared/kubernetes/pod-owners'
import type { PodOwner } from '../../../shared/kubernetes/pod-owners'
import type { ApiResource, KubeObject } from '../../kubernetes/types'
import type { ToolContext } from '../tool'

const JOBS: ApiResource = { ...builtInKind('Job'), verbs: ['get', 'list'] }

const labels = z.record(z.string(), z.string())
const workloadSchema = z.object({
  spec: z
    .object({
      selector: z
        .union([
          // A Service has only labels; the other form would accept them as empty.
          labels,
          z.object({
            matchLabels: labels.optional(),
            matchExpressions: z
              .array(z.object({ key: z.string(), operator: z.string(), values: z.array(z.string()).optional() }))
              .optional(),
          }),
        ])
        .optional(),
    })
    .optional(),
})

/** @throws KubeError `invalid-arguments` if the kind has no pods */
export async function podsOfWorkload(
  kind: ApiResource,
  object: KubeObject,
  pods: ApiResource,
  { cluster, signal }: ToolContext,
): Promise<KubeObject[]> {
  const { name, namespace } = object.metadata
  const isCronJob = kind.group === 'batch' && kind.plural === 'cronjobs'
  const labelSelector = isCronJob ? 'job-name' : selectorOf(object)
  if (labelSelector === undefined) {
    throw new KubeError('invalid-arguments', msg('kind-has-no-log', { kind: kind.kind }), { kind: kind.kind, name })
  }
  const [{ items }, isOfJob] = await Promise.all([
    listObjects(cluster, { resource: pods, namespace, labelSelector, signal }),
    isCronJob ? jobsOf(object, { cluster, signal }) : undefined,
  ])
  const isOwned = ({ kind: owner, name: ownerName }: PodOwner) =>
    isOfJob ? owner === 'Job' && isOfJob(ownerName) : owner === kind.kind && ownerName === name
  const owned = items.filter((pod) => podOwners(pod).some(isOwned))
  // A Service owns no pods, and other controllers may own them through an intermediate object.
  return isCronJob || owned.length > 0 ? owned : items
}

/** Tells whether a Job of a name belongs to the CronJob: Jobs of others may have a name that begins the same. */
async function jobsOf(
  cronJob: KubeObject,
  { cluster, signal }: Pick<ToolContext, 'cluster' | 'signal'>,
): Promise<(job: string) => boolean> {
  const { name, namespace, uid } = cronJob.metadata
  try {
    const { items } = await listObjects(cluster, { resource: JOBS, namespace, signal })
    const own = items.filter((job) =>
      listAt(job, 'metadata', 'ownerReferences').some(
        (owner) =>
          textAt(owner, 'kind') === 'CronJob' &&
          textAt(owner, 'name') === name &&
          (uid === undefined || textAt(owner, 'uid') === uid),
      ),
    )
    const names = new Set(own.map(({ metadata }) => metadata.name))
    return (job) => names.has(job)
  } catch (error) {
    if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
    // Without the Jobs, those named after it and the minute of their run are certainly its own.
    return (job) => job.startsWith(`${name}-`) && /^\d{8,}$/.test(job.slice(name.length + 1))
  }
}

/** The label selector in API form; undefined if the object selects nothing. */
function selectorOf(object: KubeObject): string | undefined {
  const parsed = workloadSchema.safeParse(object)
  const selector = parsed.data?.spec?.selector
  if (!selector) return undefined
  const parts: string[] = []
  const { matchLabels, matchExpressions } = selector
  const equal = typeof matchLabels === 'object' || Array.isArray(matchExpressions) ? matchLabels : selector
  for (const [key, value] of Object.entries(equal ?? {})) if (typeof value === 'string') parts.push(`${key}=${value}`)
  if (Array.isArray(matchExpressions)) {
    for (const { key, operator, values = [] } of matchExpressions) {
      if (operator === 'Exists') parts.push(key)
      else if (operator === 'DoesNotExist') parts.push(`!${key}`)
      else parts.push(`${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`)
    }
  }
  return parts.length > 0 ? parts.join(',') : undefined
}
