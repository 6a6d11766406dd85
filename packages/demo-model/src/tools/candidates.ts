/** The calls that serve an action, for our own MCP server and others. */
import type { ListOptions, LogOptions, ObjectView, Target } from '../question/intent'
import type { ListKind, ObjectKind, TopKind } from '../question/kinds'
import { kindArguments } from './kinds'

export type Action =
  | { do: 'list'; kind: ListKind; namespace?: string | undefined; options?: ListOptions | undefined }
  | { do: 'describe'; name: string; namespace: string | undefined }
  | ({ do: 'logs'; kind?: ObjectKind | undefined; name: string; namespace: string | undefined } & LogOptions)
  | ({ do: 'view'; view: ObjectView } & Target)
  | {
      do: 'top'
      kind: TopKind
      name?: string | undefined
      namespace?: string | undefined
      sortBy?: 'memory' | undefined
    }

export interface Call {
  name: string
  arguments: Record<string, unknown>
}

/** Requested lines of a log. */
const TAIL = 100

/**
 * Matching tools, best first. Our own server and mcp-server-kubernetes share names; each gets its own arguments:
 * `resource` or `resourceType`.
 */
export function candidates(action: Action): Call[] {
  switch (action.do) {
    case 'list':
      return listCandidates(action.kind, action.namespace, action.options)
    case 'describe': {
      const { name, namespace } = action
      return [
        { name: 'kubectl_describe', arguments: { ...both('pod'), name, namespace } },
        { name: 'pods_get', arguments: { name, namespace } },
        { name: 'resources_get', arguments: { ...kindArguments('pods'), name, namespace } },
        { name: 'kubectl_get', arguments: { ...both('pods'), name, namespace, output: 'yaml' } },
      ]
    }
    case 'logs': {
      const { name, namespace, kind, container, search, since, limit } = action
      const rest = { name, namespace, tail: limit ?? TAIL, previous: action.previous || undefined }
      const own = { resource: kind, container, search, since, limit }
      return [
        { name: 'kubectl_logs', arguments: { resourceType: 'pod', ...own, ...rest } },
        { name: 'pods_log', arguments: { container, ...rest } },
      ]
    }
    case 'view':
      return viewCandidates(action)
    case 'top': {
      const { kind, namespace, name, sortBy } = action
      return [
        { name: 'kubectl_top', arguments: { resource: kind, name, namespace, sortBy } },
        kind === 'nodes'
          ? { name: 'nodes_top', arguments: {} }
          : { name: 'pods_top', arguments: namespace ? { namespace } : { all_namespaces: true } },
      ]
    }
  }
}

/** One object, looked at in one of several ways. */
function viewCandidates({ view, kind, name, namespace }: Extract<Action, { do: 'view' }>): Call[] {
  const target = { ...both(kind), name, namespace }
  const asManifest = { name: 'resources_get', arguments: { ...kindArguments(kind), name, namespace } }
  switch (view) {
    case 'describe':
      return [{ name: 'kubectl_describe', arguments: target }, asManifest]
    case 'yaml':
      return [{ name: 'kubectl_get', arguments: { ...target, output: 'yaml' } }, asManifest]
    case 'events':
      return [
        { name: 'kubectl_events', arguments: target },
        { name: 'events_list', arguments: { namespace, fieldSelector: `involvedObject.name=${name}` } },
        { name: 'kubectl_get', arguments: { ...both('events'), namespace, output: 'wide' } },
      ]
    case 'rollout-status':
    case 'rollout-history': {
      const action = view === 'rollout-status' ? 'status' : 'history'
      return [{ name: 'kubectl_rollout', arguments: { action, subCommand: action, ...target } }]
    }
    case 'history':
      return [{ name: 'helm_history', arguments: { name, namespace } }]
    case 'values':
      return [{ name: 'helm_values', arguments: { name, namespace } }]
  }
}

function both(kind: string) {
  return { resource: kind, resourceType: kind }
}

function listCandidates(kind: ListKind, namespace: string | undefined, options: ListOptions = {}): Call[] {
  if (kind === 'releases') {
    return [{ name: 'helm_list', arguments: namespace ? { namespace } : { all_namespaces: true } }]
  }
  const scope = namespace
    ? { namespace }
    : { allNamespaces: kind === 'nodes' || kind === 'namespaces' ? undefined : true }
  const get: Call = { name: 'kubectl_get', arguments: { ...both(kind), ...scope, ...options, output: 'wide' } }
  const any: Call = { name: 'resources_list', arguments: { ...kindArguments(kind), namespace } }
  switch (kind) {
    case 'pods':
      return namespace
        ? [get, { name: 'pods_list_in_namespace', arguments: { namespace } }, any, { name: 'pods_list', arguments: {} }]
        : [get, { name: 'pods_list', arguments: {} }, any]
    case 'events':
      return [
        { name: 'kubectl_events', arguments: { namespace, ...options } },
        { name: 'events_list', arguments: { namespace, ...options } },
        get,
        any,
      ]
    case 'namespaces':
      return [get, { name: 'namespaces_list', arguments: {} }, any]
    default:
      return [get, any]
  }
}
