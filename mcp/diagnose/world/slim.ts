/** Drops what no check reads, so that ten thousand pods stay small in memory. */
import { isRecord } from '../../../shared/kubernetes/fields'
import { slimWrites } from '../../../shared/kubernetes/health/health'
import type { KubeObject } from '../../kubernetes/types'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** A copy without data and managed fields, but for the times of a workload's writes; for Secrets and ConfigMaps the metadata alone. */
export function slim(object: KubeObject): KubeObject {
  const { managedFields: _, annotations, ...metadata } = object.metadata
  const kept = annotations && withoutKey(annotations, LAST_APPLIED)
  const managedFields = hasReplicas(object) ? slimWrites(object) : []
  const copy: KubeObject = {
    ...object,
    metadata: {
      ...metadata,
      ...(kept && { annotations: kept }),
      ...(managedFields.length > 0 && { managedFields }),
    },
  }
  if (object.kind === 'Secret' || object.kind === 'ConfigMap')
    return { apiVersion: object.apiVersion, kind: object.kind, metadata: copy.metadata }
  return isHealthyPod(object) ? withoutPodDetails(copy) : copy
}

/** How long it may be short of pods depends on its last change. */
function hasReplicas({ apiVersion = '' }: KubeObject): boolean {
  return apiVersion.startsWith('apps/')
}

/** Running, ready and never restarted, or completed. */
function isHealthyPod({ kind, metadata, status }: KubeObject): boolean {
  if (kind !== 'Pod' || metadata.deletionTimestamp !== undefined || !isRecord(status)) return false
  if (status.phase === 'Succeeded') return true
  const { containerStatuses } = status
  return (
    status.phase === 'Running' &&
    Array.isArray(containerStatuses) &&
    containerStatuses.every((each) => isRecord(each) && each.ready === true && each.restartCount === 0)
  )
}

/** Keeps what Services, claims and nodes are compared with. */
function withoutPodDetails(pod: KubeObject): KubeObject {
  const { status, spec } = pod
  if (!isRecord(status) || !isRecord(spec)) return pod
  const { phase, conditions } = status
  const { nodeName, volumes, containers, imagePullSecrets } = spec
  return {
    ...pod,
    spec: {
      nodeName,
      volumes,
      imagePullSecrets,
      containers: Array.isArray(containers) ? containers.map(slimContainer) : [],
    },
    status: { phase, conditions },
  }
}

function slimContainer(container: unknown): unknown {
  if (!isRecord(container)) return container
  const { name, ports, env, readinessProbe, livenessProbe, startupProbe, resources } = container
  return { name, ports, env, readinessProbe, livenessProbe, startupProbe, resources }
}

function withoutKey(record: Record<string, string>, key: string): Record<string, string> {
  const { [key]: _, ...rest } = record
  return rest
}
