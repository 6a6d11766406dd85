/** Crossplane: objects that represent external resources, and objects created by a composition. */
import { msg } from '../../../../shared/messages/create'
import { textAt } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'
import { annotationOf, findMark, isRemoval, labelOf, lastingIn } from '../marks'
import { ownerManaged } from '../owner-managed'
import type { Finding, Manager } from '../types'

interface Mark {
  /** Name of the composite resource. */
  composite?: string
  /** Name of the external resource. */
  external?: string
}

function markOf(object: KubeObject): Mark | undefined {
  const composite = labelOf(object, 'crossplane.io/composite')
  const external = annotationOf(object, 'crossplane.io/external-name')
  if (composite === undefined && external === undefined) return undefined
  return { ...(composite !== undefined && { composite }), ...(external !== undefined && { external }) }
}

export const crossplane: Manager = {
  id: 'crossplane',
  applies: (change) => findMark(change, markOf) !== undefined,
  check(change): Promise<Finding | undefined> {
    const found = findMark(change, markOf)
    if (!found) return Promise.resolve(undefined)
    const { mark, holder, isOwn } = found
    const { composite, external } = mark
    const lasting = composite === undefined ? undefined : lastingIn(change, msg('source-crossplane', { composite }))
    const manager = composite === undefined ? undefined : 'Crossplane'
    if (!isOwn)
      return Promise.resolve({ manager, notes: [ownerManaged(holder, 'Crossplane')], ...(lasting && { lasting }) })
    const notes = []
    if (composite !== undefined)
      notes.push(
        isRemoval(change)
          ? msg('crossplane-delete', {
              composite,
            })
          : msg('crossplane-update', {
              composite,
            }),
      )
    if (external !== undefined) notes.push(externalNote(change.object, external, isRemoval(change)))
    return Promise.resolve({ manager, notes, ...(lasting && { lasting }) })
  },
}

function externalNote(object: KubeObject, external: string, removes: boolean) {
  if (!removes)
    return msg('crossplane-external-update', {
      external,
    })
  return textAt(object, 'spec', 'deletionPolicy') === 'Orphan'
    ? msg('crossplane-external-kept', {
        external,
      })
    : msg('crossplane-external-delete', { external })
}
