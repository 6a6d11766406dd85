/** Takes out of an object what the cluster keeps for itself, and no person approves. */
import { isRecord, recordAt, withValue } from './fields'
import type { KubernetesObject } from './types'

const METADATA = new Set(['managedFields', 'uid', 'creationTimestamp', 'generation', 'resourceVersion', 'selfLink'])
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** Returns a copy without status, the cluster's own metadata and what `kubectl apply` keeps in an annotation. */
export function strip(object: KubernetesObject): KubernetesObject {
  const { status: _, ...rest } = object
  const plain = isRecord(rest.metadata) ? { ...rest, metadata: stripMetadata(rest.metadata) } : rest
  // The template of pods has a creationTimestamp of null.
  const template = recordAt(plain, 'spec', 'template')
  if (!isRecord(template.metadata)) return plain
  return withValue(plain, ['spec', 'template', 'metadata'], stripMetadata(template.metadata))
}

function stripMetadata(metadata: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(metadata).filter(([key]) => !METADATA.has(key))
  const { annotations, ...rest } = Object.fromEntries(kept)
  if (!isRecord(annotations)) return Object.fromEntries(kept)
  const own = Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED)
  return own.length > 0 ? { annotations: Object.fromEntries(own), ...rest } : rest
}
