/** PersistentVolumeClaims, PersistentVolumes and VolumeAttachments. */
import type { KubeObject } from '../../object'
import { conditionsOf, explainCondition, isNegative } from '../conditions'
import { deletionHealth } from '../deletion'
import type { Health, HealthContext } from '../health'
import {
  ageOf,
  bad,
  byDeadline,
  explain,
  forHowLong,
  ok,
  shorten,
  START_DEADLINE,
  unknown,
  waiting,
  withDetail,
} from '../health'
import { at, textAt } from '../../fields'
import { keyOf } from '../related'
import { state } from '../state'

export function claimHealth(object: KubeObject, context: HealthContext): Health {
  const deletion = deletionHealth(object, context.now)
  if (deletion) return deletion
  const phase = textAt(object, 'status', 'phase') ?? 'Pending'
  const conditions = conditionsOf(object)
  const problem = conditions.find((one) => one.status === 'True' && isNegative(one.type))
  if (problem) return bad(explainCondition(problem))
  switch (phase) {
    case 'Bound':
      return ok(
        ...conditions
          .flatMap((one) => (one.status === 'True' && RESIZING.has(one.type) ? [state('state-resizing')] : []))
          .slice(0, 1),
      )
    case 'Lost':
      return bad(withDetail('Lost', state('state-volume-lost')))
    case 'Pending':
      return pendingHealth(object, context)
    default:
      return unknown(phase)
  }
}

const RESIZING = new Set(['Resizing', 'FileSystemResizePending'])

function pendingHealth(object: KubeObject, { now, related }: HealthContext): Health {
  const age = ageOf(object, now)
  const named = at(object, 'spec', 'storageClassName')
  const classes = related?.storageClasses
  // Without the classes, a claim that waits for its pod looks like one that waits forever.
  if (!classes)
    return age !== undefined && age < START_DEADLINE ? waiting('Pending') : unknown(forHowLong('Pending', age))
  if (named === '')
    return byDeadline(age, START_DEADLINE, withDetail(forHowLong('Pending', age), state('state-no-volume-fits')))
  const name = typeof named === 'string' ? named : [...classes].find(([, one]) => one.isDefault)?.[0]
  if (name === undefined) return byDeadline(age, START_DEADLINE, withDetail('Pending', state('state-no-class')))
  const storageClass = classes.get(name)
  if (!storageClass) return bad(withDetail('Pending', state('state-class-missing', { name })))
  const isUsed = related.usedClaims?.has(keyOf(object))
  if (storageClass.waitsForConsumer && isUsed !== true) return waiting(state('state-until-used', { state: 'Pending' }))
  return byDeadline(age, START_DEADLINE, forHowLong('Pending', age))
}

export function volumeHealth(object: KubeObject, { now }: HealthContext): Health {
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  const phase = textAt(object, 'status', 'phase') ?? 'Pending'
  switch (phase) {
    case 'Bound':
    case 'Available':
      return ok()
    case 'Released':
      return ok(state('state-claim-deleted'))
    case 'Failed':
      return bad(explain(textAt(object, 'status', 'reason'), textAt(object, 'status', 'message'), 'Failed'))
    case 'Pending':
      return byDeadline(ageOf(object, now), START_DEADLINE, 'Pending')
    default:
      return unknown(phase)
  }
}

export function attachmentHealth(object: KubeObject, { now }: HealthContext): Health {
  const error = textAt(object, 'status', 'attachError', 'message') ?? textAt(object, 'status', 'detachError', 'message')
  if (error !== undefined) return bad(withDetail(state('state-error'), shorten(error)))
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  return at(object, 'status', 'attached') === true
    ? ok()
    : byDeadline(ageOf(object, now), START_DEADLINE, state('state-not-attached'))
}
