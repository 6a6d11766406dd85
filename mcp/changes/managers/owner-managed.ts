/** The sentence for an object whose owner has the mark: what happens to the object itself is the owner's note. */
import type { ResultNote } from '../../../shared/result'
import type { KubeObject } from '../../kubernetes/types'
import { fact } from './fact'
import { nameOf } from './marks'

/** @param manager e.g. `Argo CD application shop` */
export function ownerManaged(owner: KubeObject, manager: string): ResultNote {
  return fact('owner-managed', '{owner} is managed by {manager}.', { owner: nameOf(owner), manager })
}
