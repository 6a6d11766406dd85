/** Finds a workload's pods by selector and ownership. */
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import { KubeError } from '../../kubernetes/errors/errors'
import { listObjects } from '../../kubernetes/list/list'
import type { ApiResource, KubeObject } from '../../kubernetes/types'
import type { ToolContext } from '../tool'

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
  const { items } = await listObjects(cluster, { resource: pods, namespace, labelSelector, signal })
  if (isCronJob) return items.filter((pod) => isOfCronJob(pod, name))
  const owned = items.filter((pod) => ownerName(pod)?.startsWith(name))
  // A Service owns no pods, and other controllers may own them through an intermediate object.
  return owned.length > 0 ? owned : items
}

/** A CronJob's Jobs are named after it and the minute of their run. */
function isOfCronJob(pod: KubeObject, name: string): boolean {
  const owner = ownerName(pod)
  return owner !== undefined && owner.startsWith(`${name}-`) && /^[\w-]{5,11}$/.test(owner.slice(name.length + 1))
}

function ownerName({ metadata }: KubeObject): string | undefined {
  return metadata.ownerReferences?.[0]?.name
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
