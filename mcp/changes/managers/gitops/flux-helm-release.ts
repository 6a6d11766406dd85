/** Flux: a HelmRelease installs and upgrades a chart. It reverts changes of others only with drift detection. */
import { msg } from '../../../../shared/messages/create'
import { at, textAt } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'
import { addedNote } from '../added'
import { annotationOf, findMark, isRemoval, labelOf, lastingIn } from '../marks'
import { ownerManaged } from '../owner-managed'
import type { Change, Finding, Manager } from '../types'

const PREFIX = 'helm.toolkit.fluxcd.io'

function fluxReleaseOf(object: KubeObject): { name: string; namespace: string | undefined } | undefined {
  const name = labelOf(object, `${PREFIX}/name`)
  return name === undefined ? undefined : { name, namespace: labelOf(object, `${PREFIX}/namespace`) }
}

export const fluxHelmRelease: Manager = {
  id: 'flux-helm-release',
  applies: (change) => findMark(change, fluxReleaseOf) !== undefined,
  async check(change, reads): Promise<Finding | undefined> {
    const found = findMark(change, fluxReleaseOf)
    if (!found) return undefined
    const { name, namespace } = found.mark
    const read = namespace === undefined ? undefined : await reads.object(`${PREFIX}/HelmRelease`, namespace, name)
    const known = read && 'value' in read ? read.value : undefined
    const lasting = lastingIn(change, msg('source-values', { manager: `Flux HelmRelease ${name}` }))
    const manager = `Flux HelmRelease ${name}`
    if (!found.isOwn) return { manager, notes: [ownerManaged(found.holder, manager)], lasting }
    const added = addedNote(change, manager)
    return { manager, notes: [added ?? sentence(change, name, known)], ...(!added && { lasting }) }
  },
}

function sentence(change: Change, name: string, known: KubeObject | undefined) {
  const corrects =
    textAt(known, 'spec', 'driftDetection', 'mode') === 'enabled' &&
    annotationOf(change.object, `${PREFIX}/driftDetection`) !== 'disabled'
  if (at(known, 'spec', 'suspend') === true)
    return isRemoval(change)
      ? msg('flux-helm-release-suspended-delete', {
          name,
        })
      : msg('flux-helm-release-suspended-update', {
          name,
        })
  if (corrects)
    return isRemoval(change)
      ? msg('flux-helm-release-corrects-delete', { name })
      : msg('flux-helm-release-corrects-update', { name })
  return isRemoval(change) ? msg('flux-helm-release-delete', { name }) : msg('flux-helm-release-update', { name })
}
