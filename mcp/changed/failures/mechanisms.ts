/** Which changes can bring about what a check finds: by the kind of the changed object and its fields. */
import type { Change } from '../types'

/** Matched against the kind and the paths of a change. */
const BY_CHECK: Record<string, RegExp> = {
  'image-pull': /image|\bSecret\b|ServiceAccount|template/i,
  'missing-config': /ConfigMap|Secret|env|volumes|template/i,
  'start-error': /command|args|image|securityContext|volume|workingDir/i,
  'out-of-memory': /resources|memory|LimitRange|image|args|env\b|env\[/i,
  'container-crash': /image|command|args|env|ConfigMap|Secret|Role|volume|securityContext|\bService\b/i,
  'liveness-probe': /Probe|image|port|env|args|command|ConfigMap|Secret/i,
  'readiness-probe': /Probe|image|port|env|args|command|ConfigMap|Secret/i,
  'init-waiting': /initContainers|image|ConfigMap|Secret|\bService\b/i,
  scheduling:
    /resources|nodeSelector|affinity|tolerations|taints|unschedulable|Node\b|topology|schedulerName|priority|replicas|volume|PersistentVolume|StorageClass|hostPort/i,
  'volume-mount': /volume|ConfigMap|Secret/i,
  'claim-pending': /PersistentVolume|StorageClass|volume/i,
  volume: /PersistentVolume|StorageClass/i,
  'pods-refused':
    /ResourceQuota|LimitRange|Webhook|Namespace\b|ServiceAccount|securityContext|priority|resources|replicas|hard/i,
  'service-endpoints': /\bService\b|selector|labels|replicas|Probe|NetworkPolicy/i,
  'service-port': /\bService\b|ports/i,
  'wrong-port': /\bService\b|port|env/i,
  'load-balancer': /\bService\b/i,
  ingress: /Ingress|\bService\b|Secret/i,
  gateway: /Route|Gateway|\bService\b|Secret/i,
  'unknown-host': /env|ConfigMap|\bService\b|args|command/i,
  'network-policy': /NetworkPolicy|labels/i,
  node: /Node\b/,
  'node-lost': /Node\b/,
  evicted: /Node\b|resources/,
  'api-service': /APIService|\bService\b|replicas/,
  webhook: /Webhook|\bService\b|replicas/,
  autoscaler: /Autoscaler|resources|replicas|metrics/i,
  'disruption-budget': /DisruptionBudget|replicas/,
  'helm-release': /Release\b/,
  'certificate-expiry': /Secret|Certificate/,
  namespace: /Namespace\b|APIService|finalizers/,
}

/** Kinds whose objects affect a whole namespace or cluster without being named by what they affect. */
const AT_LARGE =
  /(?:^|\/)(?:ResourceQuota|LimitRange|NetworkPolicy|Namespace|Role|RoleBinding|Node|ValidatingWebhookConfiguration|MutatingWebhookConfiguration|APIService|StorageClass|PriorityClass)$/

export function isAtLarge({ object }: Change): boolean {
  return AT_LARGE.test(object.kind)
}

/** True if the change is of the kind that brings about such a finding. */
export function canCause(check: string, { object, fields, source }: Change): boolean {
  const known = BY_CHECK[check]
  if (!known) return false
  // Everything of a new object is new; which fields a release has changed is only partly known.
  const isWhole = source === 'object' || source === 'release'
  return isWhole
    ? known.test(object.kind) || isWorkload(object.kind)
    : known.test(`${object.kind} ${fields.map(({ path }) => path).join(' ')}`)
}

function isWorkload(kind: string): boolean {
  return /^(?:apps|batch)\/|^Pod$|Release$/.test(kind)
}
