/** Helm, recognised by its annotation. Many manifests copy the label `managed-by: Helm`, so that alone proves nothing. */
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { addedNote } from '../added'
import { annotationOf, findMark, isRemoval, lastingIn } from '../marks'
import { ownerManaged } from '../owner-managed'
import type { Finding, Manager } from '../types'

function releaseOf(object: KubeObject): string | undefined {
  // Hooks exist for one run and do not belong to the release.
  if (annotationOf(object, 'helm.sh/hook') !== undefined) return undefined
  return annotationOf(object, 'meta.helm.sh/release-name')
}

export const helm: Manager = {
  id: 'helm',
  applies: (change) => findMark(change, releaseOf) !== undefined,
  check(change): Promise<Finding | undefined> {
    const found = findMark(change, releaseOf)
    if (!found) return Promise.resolve(undefined)
    const params = { release: found.mark }
    const lasting = lastingIn(change, msg('source-values-or-chart', { manager: `Helm release ${found.mark}` }))
    const manager = `Helm release ${found.mark}`
    if (!found.isOwn) return Promise.resolve({ manager, notes: [ownerManaged(found.holder, manager)], lasting })
    const added = addedNote(change, manager)
    if (added) return Promise.resolve({ manager, notes: [added] })
    const note = isRemoval(change) ? msg('helm-delete', params) : msg('helm-update', params)
    return Promise.resolve({ manager, notes: [note], lasting })
  },
}
