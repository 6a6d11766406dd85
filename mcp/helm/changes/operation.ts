/** Converts a Helm write to the engine's Operation, so that diffs, facts and outcomes are shared. */
import type { Operation } from '../../changes/types'
import { collectionPath, objectPath } from '../../../shared/kubernetes/api'
import type { ApiPath } from '../../../shared/kubernetes/api'
import type { ApiResource } from '../../kubernetes/types'
import type { ObservedWrite } from '../program/observed'
import { textAt } from '../../../shared/kubernetes/fields'

export function operationOf(write: ObservedWrite): Operation {
  const { verb, target, name, live, object, sent } = write
  const kind = textAt(object ?? live ?? sent, 'kind') ?? target.plural
  const resource = resourceOf(target, kind)
  const { namespace } = target
  const common = { verb, resource, namespace, name, query: {}, body: sent, live, assigned: [], notes: [] }
  switch (verb) {
    case 'create':
      return { ...common, method: 'POST', path: collectionPath(resource, namespace), contentType: 'application/json' }
    case 'update': {
      const path = objectPath(resource, namespace, name)
      return { ...common, method: 'PATCH', path, contentType: 'application/merge-patch+json' }
    }
    case 'delete':
      return {
        ...common,
        method: 'DELETE',
        path: objectPath(resource, namespace, name),
        contentType: 'application/json',
      }
  }
}

/** As far as the request tells. */
export function resourceOf({ group, version, plural, namespace }: ApiPath, kind: string): ApiResource {
  const names = { kind, plural, singular: kind.toLowerCase(), shortNames: [] }
  return { group, version, ...names, namespaced: namespace !== undefined, verbs: [] }
}
