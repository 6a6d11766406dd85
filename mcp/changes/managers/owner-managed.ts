/** The note for an object whose owner carries the mark. The owner reports what happens to the object. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import type { KubeObject } from '../../kubernetes/types'
import { nameOf } from './marks'

/** @param manager e.g. `Argo CD application shop` */
export function ownerManaged(owner: KubeObject, manager: string | Message): ResultNote {
  return msg('owner-managed', { owner: nameOf(owner), manager })
}
