/** True if the node's kubelet reports that it is ready. */
import { condition, conditionsOf } from '../../../../shared/kubernetes/health/conditions'
import type { KubeObject } from '../../../kubernetes/types'

/** A new node has no conditions yet. */
export function isNodeReady(node: KubeObject): boolean {
  const ready = condition(conditionsOf(node), 'Ready')
  return ready === undefined || ready.status === 'True'
}
