/** Hand-made operations as the writing tools draft them. */
import type { Operation } from '../../../mcp/changes/types'
import { objectPath } from '../../../shared/kubernetes/api'
import type { ApiResource, KubeObject } from '../../../mcp/kubernetes/types'

export function resourceOf(kind: string, group = 'apps', more: Partial<ApiResource> = {}): ApiResource {
  const singular = kind.toLowerCase()
  const plural = singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`
  const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update']
  return { group, version: 'v1', kind, plural, singular, shortNames: [], namespaced: true, verbs, ...more }
}

function operation(resource: ApiResource, object: KubeObject, own: Partial<Operation>): Operation {
  const { name, namespace } = object.metadata
  return {
    verb: 'update',
    resource,
    namespace: resource.namespaced ? namespace : undefined,
    name,
    method: 'PATCH',
    path: objectPath(resource, resource.namespaced ? namespace : undefined, name),
    contentType: 'application/merge-patch+json',
    query: {},
    body: {},
    live: object,
    assigned: [],
    notes: [],
    ...own,
  }
}

export function scaleOf(resource: ApiResource, live: KubeObject, replicas: number): Operation {
  const path = `${objectPath(resource, live.metadata.namespace, live.metadata.name)}/scale`
  return operation(resource, live, { path, body: { spec: { replicas } } })
}

export function patchOf(resource: ApiResource, live: KubeObject, body: unknown): Operation {
  return operation(resource, live, { body })
}

export function applyOf(resource: ApiResource, live: KubeObject | undefined, object: KubeObject): Operation {
  const verb = live ? 'update' : 'create'
  return operation(resource, object, { verb, live, contentType: 'application/apply-patch+yaml', body: object })
}

export function deleteOf(resource: ApiResource, live: KubeObject, options: Record<string, unknown> = {}): Operation {
  const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background', ...options }
  return operation(resource, live, { verb: 'delete', method: 'DELETE', contentType: 'application/json', body })
}

export function evictOf(resource: ApiResource, live: KubeObject): Operation {
  const path = `${objectPath(resource, live.metadata.namespace, live.metadata.name)}/eviction`
  return operation(resource, live, { verb: 'evict', method: 'POST', contentType: 'application/json', path })
}
