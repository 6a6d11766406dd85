/** Rancher: controllers that maintain objects, and namespaces of projects. */
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { annotationOf, findMark, isRemoval, labelOf, lastingIn } from '../marks'
import { ownerManaged } from '../owner-managed'
import type { Finding, Manager } from '../types'

const SET = 'objectset.rio.cattle.io'

/** `fleet.cattle.io/v1alpha1, Kind=Bundle`. Fleet and k3s add-ons have their own files. */
const ELSEWHERE = /^(fleet|k3s)\.cattle\.io\//

type Mark = { kind: 'owner'; owner: string } | { kind: 'project'; project: string } | { kind: 'creator' }

function markOf(object: KubeObject): Mark | undefined {
  const owner = annotationOf(object, `${SET}/owner-gvk`)
  if (owner !== undefined && !ELSEWHERE.test(owner)) {
    const kind = owner.replace(/^.*Kind=/, '')
    return { kind: 'owner', owner: `${kind} ${annotationOf(object, `${SET}/owner-name`) ?? ''}`.trim() }
  }
  const project = annotationOf(object, 'field.cattle.io/projectId')
  if (project !== undefined && object.kind === 'Namespace') return { kind: 'project', project }
  return labelOf(object, 'cattle.io/creator') === 'norman' ? { kind: 'creator' } : undefined
}

export const rancher: Manager = {
  id: 'rancher',
  applies: (change) => findMark(change, markOf) !== undefined,
  check(change): Promise<Finding | undefined> {
    const found = findMark(change, markOf)
    if (!found) return Promise.resolve(undefined)
    const { mark, holder, isOwn } = found
    switch (mark.kind) {
      case 'owner': {
        const { owner } = mark
        const note = !isOwn
          ? ownerManaged(holder, msg('manager-rancher', { owner }))
          : isRemoval(change)
            ? msg('rancher-delete', { owner })
            : msg('rancher-update', { owner })
        return Promise.resolve({
          manager: msg('manager-rancher', { owner }),
          notes: [note],
          lasting: lastingIn(change, owner),
        })
      }
      case 'project': {
        const { project } = mark
        return Promise.resolve({ notes: [msg('rancher-project', { project })] })
      }
      case 'creator':
        return Promise.resolve({
          notes: [isOwn ? msg('rancher-creator') : ownerManaged(holder, 'Rancher')],
        })
    }
  },
}
