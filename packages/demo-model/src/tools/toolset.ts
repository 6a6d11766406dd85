/** Maps the rules' actions to offered tools of any known Kubernetes MCP server. */
import { z } from 'zod'
import type { ChatRequest } from '../ollama/request'
import { candidates, type Action, type Call } from './candidates'
import { groupsIn, MORE_TOOLS, shortName } from './more-tools'

export class Toolset {
  /** Offered tools by name, with their arguments. */
  private readonly offered: Map<string, Map<string, Argument>>
  /** Groups of `more_tools` by the tools that they add, named without prefix. */
  private readonly groups: Map<string, string>

  constructor(tools: ChatRequest['tools']) {
    const entries = (tools ?? []).map(({ function: { name, parameters } }) => {
      const properties = Object.entries(parameters?.properties ?? {})
      return [name, new Map(properties.map(([key, schema]) => [key, readArgument(schema)]))] as const
    })
    this.offered = new Map(entries)
    this.groups = groupsIn(tools?.find(({ function: { name } }) => name === MORE_TOOLS)?.function.description ?? '')
  }

  get empty(): boolean {
    return this.offered.size === 0
  }

  /** True if our own server offers its writing tools. */
  get hasOwnWrites(): boolean {
    return this.hasOwnReads && this.offered.has('kubectl_scale')
  }

  /** True for our own server's reading tools, which find the namespace of a name, and the pod of a workload. */
  get hasOwnReads(): boolean {
    return this.offered.get('kubectl_logs')?.has('around') ?? false
  }

  /** True if any offered tool's name passes the test. */
  has(test: (name: string) => boolean): boolean {
    return [...this.offered.keys()].some(test)
  }

  /** @returns undefined if no offered tool supports it */
  call(action: Action): Call | undefined {
    return this.pick(candidates(action))
  }

  /** The first call whose tool is offered, restricted to the tool's arguments; otherwise one that adds its tool. */
  pick(calls: Call[]): Call | undefined {
    const found = calls.find((call) => this.accepts(call))
    const known = found && this.offered.get(found.name)
    if (!found || !known) return this.adding(calls)
    const given = Object.entries(found.arguments).filter(([name, value]) => value !== undefined && known.has(name))
    return { name: found.name, arguments: Object.fromEntries(given) }
  }

  private adding(calls: Call[]): Call | undefined {
    const missing = calls.filter(({ name }) => !this.offered.has(name))
    const group = missing.map(({ name }) => this.groups.get(shortName(name))).find((each) => each !== undefined)
    return group === undefined ? undefined : { name: MORE_TOOLS, arguments: { group } }
  }

  /** False also for an unsupported value: a read-only `kubectl_rollout` cannot restart. */
  accepts({ name, arguments: given }: Call): boolean {
    const known = this.offered.get(name)
    if (!known) return false
    return Object.entries(given).every(
      ([key, value]) => value === undefined || (known.get(key)?.enum?.includes(value) ?? true),
    )
  }
}

interface Argument {
  enum?: unknown[] | undefined
}

const argumentSchema = z.looseObject({ enum: z.array(z.unknown()).optional() })

function readArgument(schema: unknown): Argument {
  return argumentSchema.safeParse(schema).data ?? {}
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
