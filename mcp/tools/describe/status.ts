/** The common state of every kind: phase, deletion, conditions. */
import type { Section } from '../../../shared/result'
import { ageOf, listAt, textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'
import { linesSection, oneLine, tableSection } from './lines'

/** Phase, reason, and what holds the object back: a pending deletion, a pause. */
export function stateSection(object: KubeObject, now: number): Section[] {
  const { deletionTimestamp, finalizers } = object.metadata
  return linesSection('State', [
    ['Phase', textAt(object, 'status', 'phase')],
    ['Reason', textAt(object, 'status', 'reason')],
    ['Message', oneLine(textAt(object, 'status', 'message'))],
    ['Deleting', deletionTimestamp === undefined ? '' : `asked for ${ageOf(deletionTimestamp, now)} ago`],
    ['Waits for finalizers', deletionTimestamp === undefined ? '' : (finalizers ?? []).join(', ')],
    ['Paused', textAt(object, 'spec', 'paused')],
    ['Suspended', textAt(object, 'spec', 'suspend') === 'true' ? 'true' : ''],
    ['Cordoned', textAt(object, 'spec', 'unschedulable')],
  ])
}

export function conditionsSection(object: KubeObject, now: number): Section[] {
  const rows = listAt(object, 'status', 'conditions').map((condition) => {
    const since = textAt(condition, 'lastTransitionTime') || textAt(condition, 'lastUpdateTime')
    return [
      ...[textAt(condition, 'type'), textAt(condition, 'status'), textAt(condition, 'reason')],
      ...[oneLine(textAt(condition, 'message')), since === '' ? '' : ageOf(since, now)],
    ]
  })
  return tableSection('Conditions', ['TYPE', 'STATUS', 'REASON', 'MESSAGE', 'SINCE'], rows)
}
