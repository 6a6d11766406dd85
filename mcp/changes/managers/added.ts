/** Managers that apply objects keep labels and annotations that others add. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { addsMetadataOnly } from './effect'
import type { Change } from './types'

/** @param manager e.g. `Argo CD application shop` */
export function addedNote({ effect, operation }: Change, manager: string | Message): ResultNote | undefined {
  if (!addsMetadataOnly(effect, operation.live)) return undefined
  return msg('manager-keeps-added', {
    manager,
  })
}
