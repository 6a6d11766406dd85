/**
 * A minimal OpenAPI v3 with kinds but without fields. `kubectl apply` checks it for server-side field validation, and
 * `kubectl explain` prints a kind's description.
 */
import type { Resource } from './resource'
import { resources } from './resources'

const ROOT = '/openapi/v3'

/**
 * The response to a path under `/openapi/v3`.
 * @returns undefined if the document does not exist
 */
export function describeApi(path: string): object | undefined {
  if (path === ROOT) {
    const paths = [...new Set(resources.map(groupPath))]
    return { paths: Object.fromEntries(paths.map((each) => [each, { serverRelativeURL: `${ROOT}/${each}` }])) }
  }
  const kinds = resources.filter((each) => `${ROOT}/${groupPath(each)}` === path)
  if (kinds.length === 0) return undefined
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes, demo cluster', version: kinds[0]?.version ?? '' },
    paths: Object.fromEntries(kinds.map((each) => [objectPath(each), operations(each)])),
    components: { schemas: Object.fromEntries(kinds.map((each) => [schemaName(each), schema(each)])) },
  }
}

function groupPath({ group, version }: Resource): string {
  return group ? `apis/${group}/${version}` : `api/${version}`
}

function objectPath(resource: Resource): string {
  const scope = resource.namespaced ? 'namespaces/{namespace}/' : ''
  return `/${groupPath(resource)}/${scope}${resource.plural}/{name}`
}

function schemaName({ group, version, kind }: Resource): string {
  return `io.k8s.api.${group.split('.')[0] || 'core'}.${version}.${kind}`
}

function groupVersionKind({ group, version, kind }: Resource) {
  return { group, kind, version }
}

function operations(resource: Resource) {
  const gvk = { 'x-kubernetes-group-version-kind': groupVersionKind(resource) }
  const content = { 'application/json': { schema: { $ref: `#/components/schemas/${schemaName(resource)}` } } }
  const parameters = ['dryRun', 'fieldValidation'].map((name) => ({ name, in: 'query', schema: { type: 'string' } }))
  const responses = { '200': { description: 'OK', content } }
  return {
    get: { ...gvk, 'x-kubernetes-action': 'get', responses },
    patch: { ...gvk, 'x-kubernetes-action': 'patch', parameters, responses },
  }
}

function schema(resource: Resource) {
  return {
    description: `${resource.kind}. The demo cluster does not carry the documentation of its fields.`,
    type: 'object',
    'x-kubernetes-group-version-kind': [groupVersionKind(resource)],
  }
}
