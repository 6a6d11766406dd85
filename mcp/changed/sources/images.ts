/** Tags that moved: pods of one template run different digests of an image. */
import { msg } from '../../../shared/messages/create'
import { topOwner } from '../../diagnose/chains/owners'
import type { Change, Source } from '../types'

export const images: Source = {
  id: 'images',
  find: ({ digests, world, since }) =>
    digests.flatMap(({ owner, container, image, digests: runs }): Change[] => {
      const top = world.find(owner) ? topOwner(world, owner) : owner
      return runs.slice(1).flatMap(([digest, first], index): Change[] => {
        if (first < since) return []
        const path = `containers[${container}].imageID`
        const before = runs[index]?.[0]
        const what = msg('changed-digest', { image, container })
        return [{ at: first, source: 'image', object: top, what, fields: [{ path, before, after: digest }] }]
      })
    }),
}
