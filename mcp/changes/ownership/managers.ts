/** Who has set the fields of an object, by its `managedFields`. */
import { z } from 'zod'
import type { KubeObject } from '../../kubernetes/types'
import type { FieldTree } from './fields-v1'

/** The name under which this server's changes stand in `managedFields`. */
export const FIELD_MANAGER = 'k8s-ai-assistant'

const entriesSchema = z.array(
  z.object({
    manager: z.string().default(''),
    operation: z.string().default('Update'),
    apiVersion: z.string().optional(),
    subresource: z.string().default(''),
    fieldsV1: z.record(z.string(), z.unknown()).default({}),
  }),
)

export interface FieldOwner {
  manager: string
  /** `Apply`: by server-side apply, which reports conflicts; `Update`: by any other request. */
  operation: string
  subresource: string
  fields: FieldTree
  /** Whether a manifest that leaves a field of this owner out removes it. */
  role: OwnerRole
}

/**
 * - `own`: this server, or `kubectl apply`, whose files are whole declarations.
 * - `writer`: a person or Helm, who wrote the object by other means.
 * - `other`: controllers and everything else, whose fields a manifest does not know.
 */
export type OwnerRole = 'own' | 'writer' | 'other'

const CLIENT_SIDE_APPLY = 'kubectl-client-side-apply'
const CONTROLLERS = 'kube-controller-manager'
const WRITERS = new Set([
  ...['helm', 'Helm', 'kubectl', 'kubectl-create', 'kubectl-edit', 'kubectl-replace', 'kubectl-patch', 'kubectl-set'],
  'kubernetes-mcp-server',
])

/** The owners of fields in the object's own version, without those of its status. */
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

/** True for the cluster's own parts, which fill in what nobody wrote, such as the volume of a claim. */
export function isPartOfCluster({ manager, subresource }: FieldOwner): boolean {
  return subresource === '' && (manager === CONTROLLERS || manager === 'kube-scheduler' || manager === 'kubelet')
}

/** As a person calls it: `kubectl apply`, `kubectl scale`, `Helm`. */
export function ownerName({ manager, operation, subresource }: FieldOwner): string {
  if (manager === CLIENT_SIDE_APPLY) return 'kubectl apply'
  if (manager === 'kubectl' && subresource === 'scale') return 'kubectl scale'
  if (manager === CONTROLLERS && subresource === 'scale') return 'an autoscaler'
  if (manager === 'kubectl' && operation === 'Apply') return 'kubectl apply --server-side'
  if (manager.startsWith('kubectl-')) return manager.replace('-', ' ')
  return manager === 'helm' ? 'Helm' : manager || 'an unknown client'
}

/** What this owner does to a value that is changed here, when it writes its own the next time. */
export function nextWrite({ manager, operation }: FieldOwner): 'conflicts' | 'sets-back' | 'unknown' {
  if (operation === 'Apply') return 'conflicts'
  return manager === CLIENT_SIDE_APPLY || manager === 'helm' ? 'sets-back' : 'unknown'
}
