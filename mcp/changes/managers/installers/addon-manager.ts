/** The Kubernetes add-on manager, which managed clusters run on their control plane. */
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../fact'
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
    const by = 'Managed by the add-on manager of Kubernetes'
    const note = !found.isOwn
      ? ownerManaged(found.holder, 'the add-on manager of Kubernetes')
      : isRemoval(change)
        ? fact('addon-manager-delete', `${by}: it will be created again within minutes.`)
        : found.mark === 'EnsureExists'
          ? fact('addon-manager-keeps', `${by}, which creates it if it is missing and keeps your change.`)
          : fact('addon-manager-update', `${by}: it will be reverted within minutes.`)
    return Promise.resolve({ notes: [note] })
  },
}
