/** Objects that Kubernetes itself recreates or resets. */
import type { Message } from '../../../../shared/messages/message'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { annotationOf, isRemoval } from '../marks'
import type { Change, Finding, Manager } from '../types'

/** `update`: changed fields are reset too. */
function keptBy(object: KubeObject): { by: Message; when: Message; update: boolean } | undefined {
  const { name } = object.metadata
  const { kind } = object
  if (kind === 'ConfigMap' && name === 'kube-root-ca.crt')
    return { by: msg('controller-root-certificates'), when: msg('when-at-once'), update: true }
  if (kind === 'ServiceAccount' && name === 'default')
    return { by: msg('controller-service-accounts'), when: msg('when-at-once'), update: false }
  if (annotationOf(object, 'rbac.authorization.kubernetes.io/autoupdate') === 'true')
    return { by: msg('the-api-server'), when: msg('when-it-starts'), update: true }
  if (annotationOf(object, 'apf.kubernetes.io/autoupdate-spec') === 'true')
    return { by: msg('the-api-server'), when: msg('when-within-minute'), update: true }
  if (kind === 'ClusterRole' && object.aggregationRule !== undefined)
    return { by: msg('controller-aggregated-roles'), when: msg('when-at-once'), update: true }
  return undefined
}

/** An aggregated role is not recreated; only its rules are reset. */
function kept({ object, effect }: Change) {
  if (effect.verb === 'create') return undefined
  const found = keptBy(object)
  if (!found) return undefined
  if (effect.verb === 'update') return found.update ? found : undefined
  return object.aggregationRule !== undefined && found.by.code === 'controller-aggregated-roles' ? undefined : found
}

export const builtIn: Manager = {
  id: 'built-in',
  applies: (change) => kept(change) !== undefined,
  check(change): Promise<Finding | undefined> {
    const found = kept(change)
    if (!found) return Promise.resolve(undefined)
    const { by, when } = found
    const note = isRemoval(change) ? msg('built-in-delete', { by, when }) : msg('built-in-update', { by, when })
    return Promise.resolve({ notes: [note] })
  },
}
