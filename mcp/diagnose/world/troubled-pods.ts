/** Pods that are not plainly healthy, with their containers. Healthy ones are never parsed. */
import { podHealth } from '../../../shared/kubernetes/health/kinds/pod'
import type { Health } from '../../../shared/kubernetes/health/health'
import { at, listAt, textAt } from '../../../shared/kubernetes/fields'
import { oncePer } from '../../../shared/once-per'
import type { KubeObject } from '../../kubernetes/types'
import { readPod } from '../../tools/logs/pod'
import type { Pod } from '../../tools/logs/pod'
import { isHistory } from '../chains/job-history'
import type { World } from './world'

export interface TroubledPod {
  object: KubeObject
  facts: Pod
  health: Health
}

export const troubledPods = oncePer((world: World): readonly TroubledPod[] =>
  world
    .list('Pod')
    .filter((pod) => isTroubled(pod) && !isHistory(world, pod))
    .map((object) => ({ object, facts: readPod(object), health: podHealth(object, { now: world.now }) })),
)

function isTroubled(pod: KubeObject): boolean {
  const phase = textAt(pod, 'status', 'phase')
  if (phase === 'Succeeded') return false
  if (phase !== 'Running' || pod.metadata.deletionTimestamp !== undefined) return true
  const isReady = listAt(pod, 'status', 'conditions').some(
    (each) => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True',
  )
  return !isReady || listAt(pod, 'status', 'containerStatuses').some((each) => at(each, 'restartCount') !== 0)
}
