/** `kubectl get` of HorizontalPodAutoscalers and ResourceQuotas. */
import type { Autoscaler, ResourceQuota } from '../types'
import { ageColumn, column, nameColumn, type Column } from './columns'

export const autoscalerColumns: Column<Autoscaler>[] = [
  nameColumn,
  column('Reference', ({ spec: { scaleTargetRef } }) => `${scaleTargetRef.kind}/${scaleTargetRef.name}`),
  column('Targets', targets),
  column('MinPods', ({ spec }) => spec.minReplicas ?? '<unset>'),
  column('MaxPods', ({ spec }) => spec.maxReplicas, 'integer'),
  column('Replicas', ({ status }) => status?.currentReplicas ?? 0, 'integer'),
  ageColumn,
]

/** `cpu: 12%/70%` */
function targets({ spec, status }: Autoscaler): string {
  const all = (spec.metrics ?? []).flatMap(({ resource }) => {
    if (!resource) return []
    const current = status?.currentMetrics?.find((each) => each.resource?.name === resource.name)
    const used = current?.resource?.current.averageUtilization
    return [`${resource.name}: ${used === undefined ? '<unknown>' : `${used}%`}/${resource.target.averageUtilization}%`]
  })
  return all.join(', ') || '<none>'
}

export const quotaColumns: Column<ResourceQuota>[] = [
  nameColumn,
  column('Request', (quota) => shares(quota, (key) => !key.startsWith('limits.'))),
  column('Limit', (quota) => shares(quota, (key) => key.startsWith('limits.'))),
  ageColumn,
]

/** `pods: 5/20` */
function shares({ status, spec }: ResourceQuota, isWanted: (key: string) => boolean): string {
  return Object.entries(status?.hard ?? spec?.hard ?? {})
    .filter(([key]) => isWanted(key))
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([key, hard]) => `${key}: ${status?.used?.[key] ?? 0}/${hard}`)
    .join(', ')
}
