/** HorizontalPodAutoscaler and KEDA's ScaledObject: they override the replica count. */
import { msg } from '../../../../shared/messages/create'
import { numberAt } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'
import type { ResultNote } from '../../../../shared/result'
import { annotationOf, nameOf } from '../marks'
import { controllerOf } from '../owners/owner-references'
import type { Reads } from '../reads'
import { mayBeScaled, targets } from './targets'
import type { Change, Finding, Manager } from '../types'
import { notChecked } from '../unread'

interface Scaler {
  name: string
  min: number
  max: number
}

export const autoscaler: Manager = {
  id: 'autoscaler',
  applies: mayBeScaled,
  async check(change, reads): Promise<Finding | undefined> {
    const { namespace } = change.operation
    const read = await reads.list('autoscaling/HorizontalPodAutoscaler', namespace)
    if ('unread' in read) return { notes: [notChecked('HorizontalPodAutoscalers', read.unread)] }
    // KEDA's own autoscalers are covered by the next manager.
    const found = read.value.filter((each) => targets(each, 'scaleTargetRef', change) && !isOfKeda(each))
    if (found.length === 0) return undefined
    return {
      manager: managerOf(found),
      notes: found.map((each) => sentence(change, scalerOf(each, 'minReplicas', 'maxReplicas', 1))),
    }
  },
}

export const keda: Manager = {
  id: 'keda',
  applies: mayBeScaled,
  async check(change, reads): Promise<Finding | undefined> {
    const { namespace } = change.operation
    const read = await reads.list('keda.sh/ScaledObject', namespace)
    if ('unread' in read) {
      const own = await ofKeda(change, reads)
      if (own.length === 0) return { notes: [notChecked('ScaledObjects', read.unread)] }
      return {
        manager: managerOf(own),
        notes: own.map((each) => sentence(change, scalerOf(each, 'minReplicas', 'maxReplicas', 1))),
      }
    }
    const found = read.value.filter((each) => targets(each, 'scaleTargetRef', change))
    if (found.length === 0) return undefined
    return { manager: managerOf(found), notes: found.map((each) => kedaSentence(change, each)) }
  },
}

/** They keep the number of replicas alone. */
function managerOf(scalers: readonly KubeObject[]): string {
  return scalers.map(nameOf).join(', ')
}

function isOfKeda(scaler: KubeObject): boolean {
  return controllerOf(scaler)?.kind === 'ScaledObject'
}

async function ofKeda(change: Change, reads: Reads): Promise<KubeObject[]> {
  const read = await reads.list('autoscaling/HorizontalPodAutoscaler', change.operation.namespace)
  return 'value' in read ? read.value.filter((each) => isOfKeda(each) && targets(each, 'scaleTargetRef', change)) : []
}

function scalerOf(object: KubeObject, minField: string, maxField: string, least: number): Scaler {
  const min = numberAt(object, 'spec', minField) ?? least
  return { name: nameOf(object), min, max: numberAt(object, 'spec', maxField) ?? min }
}

const PAUSED = 'autoscaling.keda.sh/paused'
const PAUSED_AT = 'autoscaling.keda.sh/paused-replicas'

function kedaSentence(change: Change, object: KubeObject): ResultNote {
  const params = { name: nameOf(object) }
  const fixed = annotationOf(object, PAUSED_AT)
  if (fixed !== undefined && change.effect.verb === 'update')
    return msg('keda-fixed', {
      ...params,
      replicas: fixed,
    })
  if (annotationOf(object, PAUSED) === 'true' && change.effect.verb === 'update') return msg('keda-paused', params)
  // With `idleReplicaCount`, replicas may fall below the minimum.
  const idle = numberAt(object, 'spec', 'idleReplicaCount')
  const max = numberAt(object, 'spec', 'maxReplicaCount') ?? 100
  const min = idle ?? numberAt(object, 'spec', 'minReplicaCount') ?? 0
  return sentence(change, { name: `KEDA's ${params.name}`, min, max })
}

function sentence({ effect }: Change, { name, min, max }: Scaler): ResultNote {
  const params = { name, min, max }
  if (effect.verb === 'delete') return msg('autoscaler-without-target', params)
  const { replicas } = effect
  if (!replicas) return msg('autoscaler-sets-replicas', params)
  const { to } = replicas
  if (to === 0 && min > 0) return msg('autoscaler-off', params)
  if (to < min || to > max) return msg('autoscaler-sets-back', { ...params, replicas: to })
  return msg('autoscaler-decides', {
    ...params,
    replicas: to,
  })
}
