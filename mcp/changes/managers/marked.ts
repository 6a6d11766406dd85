/** Creates managers that are recognised by marks alone, without reads. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import type { KubeObject } from '../../kubernetes/types'
import { findMark, isRemoval, lastingIn } from './marks'
import { ownerManaged } from './owner-managed'
import type { Finding, Manager } from './types'

interface Marked {
  id: 'config-sync' | 'flux-operator' | 'k3s-addon' | 'kapp' | 'olm'
  /** The manager's name in the sentence, e.g. `Helm release shop`. */
  find: (object: KubeObject) => string | Message | undefined
  /** Place of the lasting change, if there is one. */
  source?: (object: KubeObject) => string | Message
}

export function markedManager({ id, find, source }: Marked): Manager {
  return {
    id,
    applies: (change) => findMark(change, find) !== undefined,
    check(change): Promise<Finding | undefined> {
      const found = findMark(change, find)
      if (!found) return Promise.resolve(undefined)
      const { mark: manager, holder, isOwn } = found
      const note = !isOwn
        ? ownerManaged(holder, manager)
        : isRemoval(change)
          ? msg(`${id}-delete`, { manager })
          : msg(`${id}-update`, { manager })
      return Promise.resolve({ manager, notes: [note], ...(source && { lasting: lastingIn(change, source(holder)) }) })
    },
  }
}
