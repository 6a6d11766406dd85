/** When a trouble began, from the conditions of its objects. */
import { listAt, textAt, timeAt } from '../../../shared/kubernetes/fields'
import type { Trouble } from '../../diagnose/chains/group'
import type { World } from '../../diagnose/world/world'
import type { KubeObject } from '../../kubernetes/types'

/** Objects of one trouble that are looked at. */
const MOST = 50

/** Conditions that report a problem when they are true. */
const BAD_WHEN_TRUE = /^(?:Failed|ReplicaFailure|MemoryPressure|DiskPressure|PIDPressure|NetworkUnavailable|Stalled)$/

/** Conditions that report a problem when they are false. */
const BAD_WHEN_FALSE =
  /^(?:Ready|ContainersReady|PodScheduled|Available|Progressing|AbleToScale|ScalingActive|Healthy|Synced|Accepted|ResolvedRefs|DisruptionAllowed)$/

/** @returns milliseconds since the epoch; undefined if no object tells */
export function startOf(world: World, { objects }: Trouble): number | undefined {
  const times = objects.slice(0, MOST).flatMap((ref) => {
    const object = world.find(ref)
    return object ? (startIn(world, object) ?? []) : []
  })
  return times.length === 0 ? undefined : Math.min(...times)
}

function startIn(world: World, object: KubeObject): number | undefined {
  const times = listAt(object, 'status', 'conditions').flatMap((condition) => {
    const [type, status] = [textAt(condition, 'type') ?? '', textAt(condition, 'status') ?? '']
    const isBad = status === 'True' ? BAD_WHEN_TRUE.test(type) : BAD_WHEN_FALSE.test(type)
    return isBad ? (timeAt(condition, 'lastTransitionTime') ?? []) : []
  })
  // An autoscaler has no metrics at first, before its pods run.
  if (times.length > 0) return object.kind === 'HorizontalPodAutoscaler' ? Math.max(...times) : Math.min(...times)
  // A pod that no kubelet has seen has no conditions.
  if (object.kind === 'Pod') return timeAt(object, 'metadata', 'creationTimestamp')
  const [event] = world.events(object)
  return event?.first
}
