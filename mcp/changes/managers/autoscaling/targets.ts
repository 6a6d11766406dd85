/** Matches objects that target the changed object, such as autoscalers. */
import { at, textAt } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'
import { groupOf } from '../../../../shared/kubernetes/api'
import type { Change } from '../types'

/** @param field `scaleTargetRef` or `targetRef` */
export function targets(other: KubeObject, field: string, { object, operation }: Change): boolean {
  const reference = at(other, 'spec', field)
  const apiVersion = textAt(reference, 'apiVersion')
  const { group, kind } = operation.resource
  return (
    // KEDA allows omitting the kind.
    (textAt(reference, 'kind') || 'Deployment') === kind &&
    textAt(reference, 'name') === object.metadata.name &&
    (apiVersion === '' || groupOf(apiVersion) === group)
  )
}

/** An autoscaler may scale any kind with replicas. */
export function mayBeScaled({ object, operation, effect }: Change): boolean {
  if (operation.namespace === undefined || effect.verb === 'evict') return false
  return effect.replicas !== undefined || typeof at(object, 'spec', 'replicas') === 'number'
}
