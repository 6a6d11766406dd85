/** The field owners of an object, from its `managedFields`. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import { FIELD_MANAGER } from '../../../shared/changes/what-changed'
import type { KubeObject } from '../../kubernetes/types'
import type { FieldTree } from './fields-v1'

const entriesSchema = z.array(
  z.object({
    manager: z.string().default(''),
    operation: z.string().default('Update'),
    apiVersion: z.string().optional(),
    subresource: z.string().default(''),
    time: z.string().optional(),
    fieldsV1: z.record(z.string(), z.unknown()).default({}),
  }),
)

export interface FieldOwner {
  manager: string
  /** `Apply`: server-side apply, which reports conflicts. `Update`: any other request. */
  operation: string
  subresource: string
  /** When it last wrote, RFC 3339. */
  time?: string | undefined
  fields: FieldTree
  /** Whether omitting a field of this owner removes it. */
  role: OwnerRole
}

/**
 * - `own`: this server, or `kubectl apply`, whose files declare whole objects.
 * - `writer`: a person or Helm.
 * - `other`: controllers and others, whose fields a manifest does not contain.
 */
export type OwnerRole = 'own' | 'writer' | 'other'

const CLIENT_SIDE_APPLY = 'kubectl-client-side-apply'
const CONTROLLERS = 'kube-controller-manager'
const WRITERS = new Set([
  ...['helm', 'Helm', 'kubectl', 'kubectl-create', 'kubectl-edit', 'kubectl-replace', 'kubectl-patch', 'kubectl-set'],
  'kubernetes-mcp-server',
])

/** Owners of fields in the object's own version, without status fields. */
export function ownersOf(object: KubeObject): FieldOwner[] {
  const parsed = entriesSchema.safeParse(object.metadata.managedFields)
  if (!parsed.success) return []
  return parsed.data
    .filter(
      ({ subresource, apiVersion }) =>
        subresource !== 'status' && (apiVersion ?? object.apiVersion) === object.apiVersion,
    )
    .map(({ fieldsV1, apiVersion: _, ...owner }) => ({ ...owner, fields: fieldsV1, role: roleOf(owner) }))
}

function roleOf({ manager, subresource }: Pick<FieldOwner, 'manager' | 'subresource'>): OwnerRole {
  if (subresource !== '') return 'other'
  if (manager === FIELD_MANAGER || manager === CLIENT_SIDE_APPLY) return 'own'
  return WRITERS.has(manager) ? 'writer' : 'other'
}

/** True for cluster components that fill in fields, such as a claim's volume. */
export function isPartOfCluster({ manager, subresource }: FieldOwner): boolean {
  return subresource === '' && (manager === CONTROLLERS || manager === 'kube-scheduler' || manager === 'kubelet')
}

/** Names of controllers and tools that users know by another name. */
const KNOWN: Record<string, string> = {
  helm: 'Helm',
  'argocd-controller': 'Argo CD',
  'argocd-application-controller': 'Argo CD',
  fleetagent: 'Fleet',
  'fleet-agent': 'Fleet',
  fleetcontroller: 'Fleet',
  rancher: 'Rancher',
  terraform: 'Terraform',
  HashiCorp: 'Terraform',
  'vpa-updater': 'VerticalPodAutoscaler',
  'keda-operator': 'KEDA',
}

/** Display name: `kubectl apply`, `kubectl scale`, `Helm`. */
export function ownerName({ manager, operation, subresource }: FieldOwner): string | Message {
  if (manager === CLIENT_SIDE_APPLY) return 'kubectl apply'
  if (manager === 'kubectl' && subresource === 'scale') return 'kubectl scale'
  if (manager === CONTROLLERS && subresource === 'scale') return msg('an-autoscaler')
  if (manager === 'kubectl' && operation === 'Apply') return 'kubectl apply --server-side'
  if (manager.startsWith('kubectl-')) return manager.replace('-', ' ')
  if (manager === FIELD_MANAGER) return msg('manager-assistant')
  // Requests through the dashboard of Rancher carry the browser's name.
  if (manager === 'Mozilla') return msg('manager-browser')
  return KNOWN[manager] ?? (manager || msg('unknown-client'))
}

/** What the owner's next write does to a value changed here. */
export function nextWrite({ manager, operation }: FieldOwner): 'conflicts' | 'sets-back' | 'unknown' {
  if (operation === 'Apply') return 'conflicts'
  return manager === CLIENT_SIDE_APPLY || manager === 'helm' ? 'sets-back' : 'unknown'
}
