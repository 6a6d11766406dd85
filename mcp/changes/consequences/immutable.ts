/** Immutable fields: changing them requires deleting and recreating the object. */
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { at } from '../../kubernetes/read/fields'
import type { Effect } from '../managers/effect'
import { effectOf } from '../managers/effect'
import type { Operation } from '../types'

const FIXED: Record<string, string[]> = {
  Deployment: ['spec.selector'],
  ReplicaSet: ['spec.selector'],
  DaemonSet: ['spec.selector'],
  Job: ['spec.selector', 'spec.template', 'spec.completionMode'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
  StorageClass: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
  PriorityClass: ['value'],
  IngressClass: ['spec.controller'],
  CustomResourceDefinition: ['spec.group', 'spec.scope', 'spec.names.kind', 'spec.names.plural'],
}

/** Kinds whose `spec` is immutable except for these fields. */
const FREE: Record<string, string[]> = {
  StatefulSet: [
    ...['spec.replicas', 'spec.template', 'spec.updateStrategy', 'spec.minReadySeconds', 'spec.ordinals'],
    ...['spec.persistentVolumeClaimRetentionPolicy', 'spec.revisionHistoryLimit'],
  ],
  PersistentVolumeClaim: [
    'spec.resources',
    'spec.volumeAttributesClassName',
    'spec.volumeName',
    'spec.storageClassName',
  ],
}

/**
 * A note for a change that the API server refuses, or would refuse.
 * @param effect of the operation, if already known
 */
export function immutableNote(operation: Operation, effect: Effect = effectOf(operation)): ResultNote | undefined {
  const { kind } = operation.resource
  if (effect.verb !== 'update') return undefined
  const changed = effect.changed.map((path) => path.join('.'))
  const below = (path: string, prefix: string) => path === prefix || path.startsWith(`${prefix}.`)
  const free = FREE[kind]
  const fixed = changed.filter((path) => {
    if (
      at(operation.live, 'immutable') === true &&
      ['data', 'binaryData', 'immutable'].some((field) => below(path, field))
    )
      return true
    if (FIXED[kind]?.some((field) => below(path, field))) return true
    return free !== undefined && below(path, 'spec') && !free.some((field) => below(path, field))
  })
  if (fixed.length === 0) return undefined
  return msg('immutable-fields', { kind, fields: fixed.slice(0, 5).join(', ') })
}
