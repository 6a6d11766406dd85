/** Creates managers that are recognised by marks alone, without reads. */
import type { KubeObject } from '../../kubernetes/types'
import { fact } from './fact'
import { findMark, isRemoval, lastingIn } from './marks'
import { ownerManaged } from './owner-managed'
import type { Finding, Manager } from './types'

interface Marked {
  id: string
  /** The manager's name in the sentence, e.g. `Helm release shop`. */
  find: (object: KubeObject) => string | undefined
  /** What the manager does to a change; completes `Managed by Helm release shop: `. */
  update: string
  /** What the manager does after a deletion. */
  delete: string
  /** Place of the lasting change, if there is one. */
  source?: (name: string) => string
}

export function markedManager({ id, find, update, delete: removal, source }: Marked): Manager {
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
          ? fact(`${id}-delete`, `Managed by {manager}: ${removal}.`, { manager })
          : fact(`${id}-update`, `Managed by {manager}: ${update}.`, { manager })
      return Promise.resolve({ notes: [note], ...(source && { lasting: lastingIn(change, source(manager)) }) })
    },
  }
}
