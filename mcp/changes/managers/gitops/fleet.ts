/** Rancher Fleet: deploys a bundle from a Git repository. */
import { msg } from '../../../../shared/messages/create'
import { at } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'
import { addedNote } from '../added'
import { annotationOf, findMark, isRemoval, labelOf, lastingIn } from '../marks'
import { ownerManaged } from '../owner-managed'
import type { Finding, Manager } from '../types'

const SET = 'objectset.rio.cattle.io'

/** Rancher's library writes this mark for several programs; each names its own kind as the owner. */
function bundleOf(object: KubeObject): string | undefined {
  const id = annotationOf(object, `${SET}/id`)
  const owner = annotationOf(object, `${SET}/owner-gvk`)
  if (owner !== undefined && !owner.startsWith('fleet.cattle.io/')) return undefined
  return (owner && annotationOf(object, `${SET}/owner-name`)) ?? id ?? labelOf(object, 'fleet.cattle.io/bundle-name')
}

export const fleet: Manager = {
  id: 'fleet',
  applies: (change) => findMark(change, bundleOf) !== undefined,
  async check(change, reads): Promise<Finding | undefined> {
    const found = findMark(change, bundleOf)
    if (!found) return undefined
    const bundle = found.mark
    // A downstream cluster does not contain the bundle.
    const read = await reads.list('fleet.cattle.io/Bundle', undefined, bundle)
    const known = 'value' in read && read.value.length === 1 ? read.value[0] : undefined
    const repository = known && labelOf(known, 'fleet.cattle.io/repo-name')
    const lasting = lastingIn(
      change,
      repository ? `Fleet GitRepo ${repository}` : msg('source-git', { manager: `Fleet bundle ${bundle}` }),
    )
    const params = { bundle }
    const manager = `Fleet bundle ${bundle}`
    if (!found.isOwn) return { manager, notes: [ownerManaged(found.holder, manager)], lasting }
    const corrects = at(known, 'spec', 'correctDrift', 'enabled') === true
    const note = isRemoval(change)
      ? corrects
        ? msg('fleet-corrects-delete', params)
        : msg('fleet-delete', params)
      : corrects
        ? msg('fleet-corrects-update', params)
        : msg('fleet-update', params)
    const added = addedNote(change, manager)
    return { manager, notes: [added ?? note], ...(!added && { lasting }) }
  },
}
