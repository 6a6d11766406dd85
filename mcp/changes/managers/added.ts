/** Managers that apply objects keep labels and annotations that others add. */
import type { ResultNote } from '../../../shared/result'
import { addsMetadataOnly } from './effect'
import { fact } from './fact'
import type { Change } from './types'

/** @param manager e.g. `Argo CD application shop` */
export function addedNote({ effect, operation }: Change, manager: string): ResultNote | undefined {
  if (!addsMetadataOnly(effect, operation.live)) return undefined
  return fact('manager-keeps-added', 'Managed by {manager}, which keeps the labels and annotations that others add.', {
    manager,
  })
}
