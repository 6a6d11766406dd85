/** Effects of deleting a single pod. */
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { at, listAt, numberAt, textAt } from '../../kubernetes/read/fields'
import { annotationOf } from '../managers/marks'
import { ownersOf } from '../managers/owners/owner-references'
import type { Change } from '../managers/types'

export function podNotes({ object, operation }: Change): ResultNote[] {
  // Deleting the mirror pod does not stop a static pod.
  if (annotationOf(object, 'kubernetes.io/config.mirror') !== undefined) return []
  const notes: ResultNote[] = []
  if (ownersOf(object).length === 0) notes.push(msg('pod-unmanaged'))
  const empty = listAt(object, 'spec', 'volumes').filter((volume) => at(volume, 'emptyDir') !== undefined)
  if (empty.length > 0)
    notes.push(
      msg('pod-local-data', {
        volumes: empty.map((volume) => textAt(volume, 'name')).join(', '),
      }),
    )
  if (numberAt(operation.body, 'gracePeriodSeconds') === 0) notes.push(msg('pod-forced'))
  return notes
}
