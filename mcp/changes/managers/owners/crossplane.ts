/** Crossplane: objects that represent external resources, and objects created by a composition. */
import { textAt } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../fact'
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
    const lasting = composite === undefined ? undefined : lastingIn(change, `the Crossplane composite ${composite}`)
    if (!isOwn) return Promise.resolve({ notes: [ownerManaged(holder, 'Crossplane')], ...(lasting && { lasting }) })
    const notes = []
    if (composite !== undefined)
      notes.push(
        isRemoval(change)
          ? fact('crossplane-delete', 'Managed by Crossplane composite {composite}: it will be created again.', {
              composite,
            })
          : fact('crossplane-update', 'Managed by Crossplane composite {composite}: it will be reverted.', {
              composite,
            }),
      )
    if (external !== undefined) notes.push(externalNote(change.object, external, isRemoval(change)))
    return Promise.resolve({ notes, ...(lasting && { lasting }) })
  },
}

function externalNote(object: KubeObject, external: string, removes: boolean) {
  if (!removes)
    return fact(
      'crossplane-external-update',
      'Crossplane makes the same change outside of the cluster, to {external}.',
      {
        external,
      },
    )
  return textAt(object, 'spec', 'deletionPolicy') === 'Orphan'
    ? fact(
        'crossplane-external-kept',
        'Crossplane keeps {external} outside of the cluster: its deletion policy is Orphan.',
        {
          external,
        },
      )
    : fact('crossplane-external-delete', 'Crossplane also deletes {external} outside of the cluster.', { external })
}
