/** Changes of a Deployment's number of replicas, from the events of its controller: entries of `scale` have no time. */
import { timeAt } from '../../../shared/kubernetes/fields'
import type { ClusterEvent } from '../../../shared/kubernetes/events'
import { msg } from '../../../shared/messages/create'
import { oncePer } from '../../../shared/once-per'
import { keyOf } from '../../diagnose/ref'
import type { Ref } from '../../diagnose/types'
import type { History } from '../history/history'
import type { Write } from '../history/written'
import { isRoutine } from '../history/written'
import type { Change, Source } from '../types'
import { writtenBy } from '../writers'

const SCALED = /^Scaled (?:up|down) replica set (\S+) from (\d+) to (\d+)/

/** A rollout scales two sets at a time. In milliseconds. */
const ROLLOUT = 60_000

/** From a write to the event about it. In milliseconds. */
const SOON = 10_000

interface Scaling {
  at: number
  object: Ref
  set: string
  before: string
  after: string
}

export const scaling: Source = {
  id: 'scaling',
  find: (history) =>
    scalingsOf(history).map(({ at, object, before, after }): Change => {
      const fields = [{ path: 'spec.replicas', before, after }]
      const what = msg('changed-replicas')
      return { at, source: 'fields', object, what, fields, ...writtenBy(writerOf(history, object, at)) }
    }),
}

/** True if an event tells more about the number of replicas that was written at this time. */
export function isScaling(history: History, object: Ref, time: number): boolean {
  const key = keyOf(object)
  return scalingsOf(history).some((each) => keyOf(each.object) === key && Math.abs(each.at - time) <= SOON)
}

/** Without those of rollouts. */
const scalingsOf = oncePer(({ events, world, since }: History): Scaling[] => {
  const all = events.flatMap((event) => scalingOf(event) ?? []).filter(({ at }) => at >= since)
  return all.filter(({ at, object, set }) => {
    const isRollout = all.some(
      (other) => keyOf(other.object) === keyOf(object) && other.set !== set && Math.abs(other.at - at) <= ROLLOUT,
    )
    const found = world.find({ kind: 'apps/ReplicaSet', namespace: object.namespace, name: set })
    const isNew = at - (timeAt(found, 'metadata', 'creationTimestamp') ?? 0) <= 2_000
    return !isRollout && !isNew
  })
})

function scalingOf({ reason, message, object, last }: ClusterEvent): Scaling | undefined {
  const match = reason === 'ScalingReplicaSet' ? SCALED.exec(message) : null
  const [, set = '', before = '', after = ''] = match ?? []
  if (!match || last === undefined) return undefined
  return {
    at: last,
    object: { kind: 'apps/Deployment', namespace: object.namespace, name: object.name },
    set,
    before,
    after,
  }
}

/** Who wrote the number: an entry of that time, else the one that scales. */
function writerOf({ written }: History, object: Ref, at: number): Write | undefined {
  const writes = written.get(keyOf(object))?.writes ?? []
  const near = writes.find(
    (write) => write.subresource === '' && !isRoutine(write) && Math.abs(write.at - at) <= SOON && ownsReplicas(write),
  )
  return near ?? writes.find(({ subresource }) => subresource === 'scale')
}

function ownsReplicas({ fields }: Write): boolean {
  const spec = fields['f:spec']
  return typeof spec === 'object' && spec !== null && 'f:replicas' in spec
}
