/** The Kubernetes add-on manager, which managed clusters run on their control plane. */
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { findMark, isRemoval, labelOf } from '../marks'
import { ownerManaged } from '../owner-managed'
import type { Finding, Manager } from '../types'

function modeOf(object: KubeObject): string | undefined {
  return labelOf(object, 'addonmanager.kubernetes.io/mode')
}

export const addonManager: Manager = {
  id: 'addon-manager',
  applies: (change) => findMark(change, modeOf) !== undefined,
  check(change): Promise<Finding | undefined> {
    const found = findMark(change, modeOf)
    if (!found) return Promise.resolve(undefined)
    const note = !found.isOwn
      ? ownerManaged(found.holder, msg('manager-addons'))
      : isRemoval(change)
        ? msg('addon-manager-delete')
        : found.mark === 'EnsureExists'
          ? msg('addon-manager-keeps')
          : msg('addon-manager-update')
    return Promise.resolve({ manager: msg('manager-addons'), notes: [note] })
  },
}
