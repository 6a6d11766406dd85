/** Drops what no check reads, so that ten thousand pods stay small in memory. */
import { isRecord } from '../../../shared/kubernetes/fields'
import type { KubeObject } from '../../kubernetes/types'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** A copy without managed fields and data; for Secrets and ConfigMaps the metadata alone. */
export function slim(object: KubeObject): KubeObject {
  const { managedFields: _, annotations, ...metadata } = object.metadata
  const kept = annotations && withoutKey(annotations, LAST_APPLIED)
  const copy: KubeObject = { ...object, metadata: { ...metadata, ...(kept && { annotations: kept }) } }
  if (object.kind === 'Secret' || object.kind === 'ConfigMap')
    return { apiVersion: object.apiVersion, kind: object.kind, metadata: copy.metadata }
  return isHealthyPod(object) ? withoutPodDetails(copy) : copy
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
