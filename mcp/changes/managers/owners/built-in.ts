/** Objects that Kubernetes itself recreates or resets. */
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../fact'
import { annotationOf, isRemoval } from '../marks'
import type { Change, Finding, Manager } from '../types'

/** `update`: changed fields are reset too. */
function keptBy(object: KubeObject): { by: string; when: string; update: boolean } | undefined {
  const { name } = object.metadata
  const { kind } = object
  if (kind === 'ConfigMap' && name === 'kube-root-ca.crt')
    return { by: 'the controller of root certificates', when: 'at once', update: true }
  if (kind === 'ServiceAccount' && name === 'default')
    return { by: 'the controller of service accounts', when: 'at once', update: false }
  if (annotationOf(object, 'rbac.authorization.kubernetes.io/autoupdate') === 'true')
    return { by: 'the API server', when: 'when it starts', update: true }
  if (annotationOf(object, 'apf.kubernetes.io/autoupdate-spec') === 'true')
    return { by: 'the API server', when: 'within a minute', update: true }
  if (kind === 'ClusterRole' && object.aggregationRule !== undefined)
    return { by: 'the controller of aggregated roles', when: 'at once', update: true }
  return undefined
}

/** An aggregated role is not recreated; only its rules are reset. */
function kept({ object, effect }: Change) {
  if (effect.verb === 'create') return undefined
  const found = keptBy(object)
  if (!found) return undefined
  if (effect.verb === 'update') return found.update ? found : undefined
  return object.aggregationRule !== undefined && found.by === 'the controller of aggregated roles' ? undefined : found
}

export const builtIn: Manager = {
  id: 'built-in',
  applies: (change) => kept(change) !== undefined,
  check(change): Promise<Finding | undefined> {
    const found = kept(change)
    if (!found) return Promise.resolve(undefined)
    const { by, when } = found
    const note = isRemoval(change)
      ? fact('built-in-delete', 'Managed by Kubernetes: {by} creates it again {when}.', { by, when })
      : fact('built-in-update', 'Managed by Kubernetes: {by} sets it back {when}.', { by, when })
    return Promise.resolve({ notes: [note] })
  },
}
