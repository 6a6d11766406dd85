/** Maps the rules' actions to offered tools of any known Kubernetes MCP server. */
import { z } from 'zod'
import { kindArguments } from './kinds'
import type { ListKind, TopKind } from '../question/names'
import type { ChatRequest } from '../ollama/request'

export type Action =
  | { do: 'list'; kind: ListKind; namespace?: string | undefined }
  | { do: 'describe'; name: string; namespace: string }
  | { do: 'logs'; name: string; namespace: string; previous: boolean }
  | { do: 'top'; kind: TopKind; namespace?: string | undefined }

export interface Call {
  name: string
  arguments: Record<string, unknown>
}

/** Requested lines of a log. */
const TAIL = 100

export class Toolset {
  /** Offered tools by name, with their arguments. */
  private readonly offered: Map<string, Map<string, Argument>>

  constructor(tools: ChatRequest['tools']) {
    const entries = (tools ?? []).map(({ function: { name, parameters } }) => {
      const properties = Object.entries(parameters?.properties ?? {})
      return [name, new Map(properties.map(([key, schema]) => [key, readArgument(schema)]))] as const
    })
    this.offered = new Map(entries)
  }

  get empty(): boolean {
    return this.offered.size === 0
  }

  /** True if our own server offers its writing tools: no other server has one of this name. */
  get hasOwnWrites(): boolean {
    return this.offered.has('kubectl_cordon')
  }

  /** True if any offered tool's name passes the test. */
  has(test: (name: string) => boolean): boolean {
    return [...this.offered.keys()].some(test)
  }

  /** @returns undefined if no offered tool supports it */
  call(action: Action): Call | undefined {
    return this.pick(candidates(action))
  }

  /** The first call whose tool is offered, restricted to the tool's arguments. */
  pick(calls: Call[]): Call | undefined {
    const found = calls.find((call) => this.accepts(call))
    const known = found && this.offered.get(found.name)
    if (!found || !known) return undefined
    const given = Object.entries(found.arguments).filter(([name, value]) => value !== undefined && known.has(name))
    return { name: found.name, arguments: Object.fromEntries(given) }
  }

  /** False also for an unsupported value: a read-only `kubectl_rollout` cannot restart. */
  accepts({ name, arguments: given }: Call): boolean {
    const known = this.offered.get(name)
    if (!known) return false
    return Object.entries(given).every(([key, value]) => known.get(key)?.enum?.includes(value) ?? true)
  }
}

interface Argument {
  enum?: unknown[] | undefined
}

const argumentSchema = z.looseObject({ enum: z.array(z.unknown()).optional() })

function readArgument(schema: unknown): Argument {
  return argumentSchema.safeParse(schema).data ?? {}
}

/**
 * Matching tools, best first. Our own server and mcp-server-kubernetes share names; each gets its own arguments:
 * `resource` or `resourceType`.
 */
function candidates(action: Action): Call[] {
  switch (action.do) {
    case 'list':
      return listCandidates(action.kind, action.namespace)
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
      const { name, namespace } = action
      const rest = { name, namespace, tail: TAIL, previous: action.previous || undefined }
      return [
        { name: 'kubectl_logs', arguments: { resourceType: 'pod', ...rest } },
        { name: 'pods_log', arguments: rest },
      ]
    }
    case 'top': {
      const { kind, namespace } = action
      return [
        { name: 'kubectl_top', arguments: { resource: kind, namespace } },
        kind === 'nodes'
          ? { name: 'nodes_top', arguments: {} }
          : { name: 'pods_top', arguments: namespace ? { namespace } : { all_namespaces: true } },
      ]
    }
  }
}

function both(kind: string) {
  return { resource: kind, resourceType: kind }
}

function listCandidates(kind: ListKind, namespace: string | undefined): Call[] {
  if (kind === 'releases') {
    return [{ name: 'helm_list', arguments: namespace ? { namespace } : { all_namespaces: true } }]
  }
  const scope = namespace
    ? { namespace }
    : { allNamespaces: kind === 'nodes' || kind === 'namespaces' ? undefined : true }
  const get: Call = { name: 'kubectl_get', arguments: { ...both(kind), ...scope, output: 'wide' } }
  const any: Call = { name: 'resources_list', arguments: { ...kindArguments(kind), namespace } }
  switch (kind) {
    case 'pods':
      return namespace
        ? [get, { name: 'pods_list_in_namespace', arguments: { namespace } }, any, { name: 'pods_list', arguments: {} }]
        : [get, { name: 'pods_list', arguments: {} }, any]
    case 'events':
      return [
        { name: 'kubectl_events', arguments: { namespace } },
        { name: 'events_list', arguments: { namespace } },
        get,
        any,
      ]
    case 'namespaces':
      return [get, { name: 'namespaces_list', arguments: {} }, any]
    default:
      return [get, any]
  }
}

/** The action behind a call: the reverse of `Toolset.call`. */
export function whatWasDone(name: string): Action['do'] | undefined {
  if (name === 'pods_log' || name === 'kubectl_logs') return 'logs'
  if (['pods_get', 'resources_get', 'kubectl_describe'].includes(name)) return 'describe'
  if (['kubectl_top', 'pods_top', 'nodes_top'].includes(name)) return 'top'
  return LISTS.test(name) ? 'list' : undefined
}

const LISTS =
  /^(pods_list|pods_list_in_namespace|resources_list|events_list|namespaces_list|helm_list|kubectl_get|kubectl_events)$/
