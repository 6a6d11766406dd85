/**
 * What no client of this server sees, by the structure of objects: data of Secrets, what `kubectl apply` kept of them, and
 * kubeconfigs. Text such as logs is the reader's to redact.
 */
import type { KubeObject } from './types'

export const MASK = '<redacted>'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** A copy without managedFields, and without what must not be seen. */
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

/** Names of values that are credentials, in Helm values and the like. */
const CREDENTIAL_NAME =
  /pass(word|wd|phrase)?$|secret|token|credential|api[-_]?key|private[-_]?key|access[-_]?key|auth$|connection[-_]?string|dsn$/i

/** Free-form values, such as those of a Helm release: whatever stands below a name that promises a credential goes. */
export function maskValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskValues)
  if (!isRecord(value)) return isKubeconfig(value) ? MASK : value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      CREDENTIAL_NAME.test(name) && isFilled(inner) ? hidden(inner) : maskValues(inner),
    ]),
  )
}

/** A value that holds something: `existingSecret: ""` and `enabled: false` say nothing secret. */
function isFilled(value: unknown): boolean {
  return value !== '' && value !== null && typeof value !== 'boolean'
}

function hidden(value: unknown): unknown {
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, isRecord(inner) ? hidden(inner) : MASK]))
    : MASK
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
