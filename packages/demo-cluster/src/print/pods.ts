/** `kubectl get pods`. */
import type { Pod } from '../types'
import { ageColumn, column, nameColumn, since, wide, type Column } from './columns'

export const podColumns: Column<Pod>[] = [
  nameColumn,
  column('Ready', ready),
  column('Status', status),
  column('Restarts', restarts),
  ageColumn,
  wide('IP', (pod) => pod.status.podIP ?? '<none>'),
  wide('Node', (pod) => pod.spec.nodeName ?? '<none>'),
  wide('Nominated Node', () => '<none>'),
  wide('Readiness Gates', () => '<none>'),
]

function ready(pod: Pod): string {
  const count = (pod.status.containerStatuses ?? []).filter((each) => each.ready && each.state.running).length
  return `${count}/${pod.spec.containers.length}`
}

/** The reason of the first container that waits or has terminated, otherwise the phase. */
function status(pod: Pod): string {
  const states = (pod.status.containerStatuses ?? []).map((each) => each.state)
  const reasons = states.flatMap((state) => state.waiting?.reason ?? state.terminated?.reason ?? [])
  return reasons[0] ?? pod.status.reason ?? pod.status.phase
}

function restarts(pod: Pod, now: number): string {
  const statuses = pod.status.containerStatuses ?? []
  const total = statuses.reduce((sum, each) => sum + each.restartCount, 0)
  const last = statuses
    .flatMap((each) => each.lastState.terminated?.finishedAt ?? [])
    .sort()
    .at(-1)
  return total > 0 && last ? `${total} (${since(last, now)} ago)` : String(total)
}
