/** The note for an object whose owner carries the mark. The owner reports what happens to the object. */
import type { ResultNote } from '../../../shared/result'
import type { KubeObject } from '../../kubernetes/types'
import { fact } from './fact'
import { nameOf } from './marks'

/** @param manager e.g. `Argo CD application shop` */
export function ownerManaged(owner: KubeObject, manager: string): ResultNote {
  return fact('owner-managed', '{owner} is managed by {manager}.', { owner: nameOf(owner), manager })
}
