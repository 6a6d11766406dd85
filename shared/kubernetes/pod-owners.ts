/** The workloads that a pod belongs to, by its own metadata. */
import type { KubeObject } from './object'
import { listAt, textAt } from './fields'

export interface PodOwner {
  kind: string
  name: string
}

/** The owners of a pod, with the Deployment whose ReplicaSet is named after it and the hash of its template. */
export function podOwners(pod: KubeObject): PodOwner[] {
  const hash = textAt(pod, 'metadata', 'labels', 'pod-template-hash')
  return listAt(pod, 'metadata', 'ownerReferences').flatMap((owner) => {
    const [kind = '', name = ''] = [textAt(owner, 'kind'), textAt(owner, 'name')]
    const isOfDeployment = kind === 'ReplicaSet' && hash !== undefined && name.endsWith(`-${hash}`)
    const above = isOfDeployment ? [{ kind: 'Deployment', name: name.slice(0, -hash.length - 1) }] : []
    return [{ kind, name }, ...above]
  })
}
