/** The PersistentVolumeClaims that a pod mounts. */
import { isRecord, at, listAt, textAt } from '../../../../shared/kubernetes/fields'
import type { KubeObject } from '../../../kubernetes/types'
import type { Ref } from '../../types'

export function podClaims(pod: KubeObject): Ref[] {
  const { namespace } = pod.metadata
  return listAt(pod, 'spec', 'volumes').flatMap((volume) => {
    const claim = textAt(volume, 'persistentVolumeClaim', 'claimName')
    const name =
      claim ?? (isRecord(at(volume, 'ephemeral')) ? `${pod.metadata.name}-${textAt(volume, 'name') ?? ''}` : undefined)
    return name === undefined ? [] : [{ kind: 'PersistentVolumeClaim', namespace, name }]
  })
}
