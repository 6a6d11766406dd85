/**
 * Masks what no client may see, by object structure: Secret data, copies kept by `kubectl apply`, and kubeconfigs. The
 * reader redacts text such as logs.
 */
import { isSensitiveKey } from '../../shared/redact/key'
import type { KubeObject } from './types'

export const MASK = '<redacted>'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** A copy without managedFields and secrets. */
export function maskObject(object: KubeObject): KubeObject {
  const { managedFields: _, annotations, ...metadata } = object.metadata
  const kept = Object.fromEntries(Object.entries(annotations ?? {}).filter(([name]) => name !== LAST_APPLIED))
  const copy: KubeObject = {
    ...object,
    metadata: { ...metadata, ...(Object.keys(kept).length > 0 && { annotations: kept }) },
  }
  if (object.kind === 'Secret')
    for (const field of ['data', 'stringData']) if (isRecord(copy[field])) copy[field] = masked(copy[field])
  if (object.kind === 'ConfigMap' && isRecord(copy.data))
    copy.data = Object.fromEntries(
      Object.entries(copy.data).map(([name, value]) => [name, isKubeconfig(value) ? MASK : value]),
    )
  return copy
}

/** The value of an environment variable, masked if its name promises a credential. */
export function maskVariable(name: string, value: string): string {
  return value !== '' && (isSensitiveKey(name) || isKubeconfig(value)) ? MASK : value
}

function masked(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(values).map((name) => [name, MASK]))
}

function isKubeconfig(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /\bkind["']?:\s*["']?Config\b/.test(value) &&
    /\b(client-key-data|token|password|client-certificate-data|exec)\b/.test(value)
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
