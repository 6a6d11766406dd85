/** The kubectl or helm command that reads what a read tool of our MCP server reads. */
import { z } from 'zod'
import { commandLine } from '../text/shell'
import { canonicalKind, isClusterScoped } from './kinds'

const text = z.coerce.string().optional().catch(undefined)
const flag = z.coerce.boolean().optional().catch(undefined)
const argumentsSchema = z.object({
  ...{ resource: text, name: text, namespace: text, labelSelector: text, fieldSelector: text, sortBy: text },
  ...{ container: text, previous: flag, since: text, search: text, limit: text, around: text },
  ...{ action: text, revision: text, field: text },
})
type Arguments = z.infer<typeof argumentsSchema>

/** Where the call's own words leave it open. */
interface Place {
  /** Of the object that was found. */
  namespace?: string
  context?: string
}

/**
 * @param tool its name at the MCP server
 * @returns undefined for tools without such a command, e.g. `diagnose`
 */
export function readCommandLine(tool: string, args: unknown, { namespace, context }: Place = {}): string | undefined {
  const parsed = argumentsSchema.safeParse(args)
  const make = COMMANDS[tool]
  if (!parsed.success || !make) return undefined
  const words = make({ ...parsed.data, namespace: parsed.data.namespace ?? namespace })
  if (!words) return undefined
  const line = commandLine([...words, ...(context === undefined ? [] : [contextFlag(words, context)])])
  const { search } = parsed.data
  return tool === 'kubectl_logs' && search !== undefined ? `${line} | ${commandLine(['grep', '-i', search])}` : line
}

function contextFlag([program]: readonly string[], context: string): string {
  return program === 'helm' ? `--kube-context=${context}` : `--context=${context}`
}

const COMMANDS: Readonly<Record<string, (args: Arguments) => string[] | undefined>> = {
  kubectl_get: ({ resource = '', name, ...args }) => [
    ...['kubectl', 'get', resource, ...words(name)],
    ...place(args, resource, name),
    ...selectors(args),
    ...(name === undefined ? [] : ['-o', 'yaml']),
  ],
  kubectl_describe: ({ resource = '', name, ...args }) => [
    ...['kubectl', 'describe', resource, ...words(name)],
    ...place(args, resource, name),
  ],
  kubectl_logs: ({ resource, name, around, ...args }) =>
    // A time in the middle of a log has no flag.
    around !== undefined
      ? undefined
      : [
          ...['kubectl', 'logs', ...words(objectOf(resource, name)), ...place(args, 'pod', name ?? resource)],
          ...option('-c', args.container),
          ...(args.previous ? ['--previous'] : []),
          ...option('--since', args.since),
          ...option('--tail', args.limit),
          ...(name === undefined ? option('-l', args.labelSelector) : []),
        ],
  kubectl_events: ({ resource, name, fieldSelector, ...args }) =>
    fieldSelector === undefined
      ? ['kubectl', 'events', ...option('--for', objectOf(resource, name)), ...place(args, 'events', name)]
      : ['kubectl', 'get', 'events', ...place(args, 'events', name), ...option('--field-selector', fieldSelector)],
  kubectl_top: ({ resource = 'pods', name, container, sortBy, ...args }) => [
    ...['kubectl', 'top', resource, ...words(name), ...place(args, resource, name), ...selectors(args)],
    ...(container === undefined ? [] : ['--containers']),
    ...option('--sort-by', sortBy),
  ],
  kubectl_rollout: ({ action, resource = 'deployment', name = '', revision, ...args }) => [
    ...['kubectl', 'rollout', action ?? (revision === undefined ? 'status' : 'history'), `${resource}/${name}`],
    ...place(args, resource, name),
    ...option('--revision', revision),
  ],
  kubectl_explain: ({ resource = '', field }) => ['kubectl', 'explain', [resource, field].filter(Boolean).join('.')],
  helm_list: (args) => ['helm', 'list', '--all', ...place(args, 'release', undefined)],
  helm_history: ({ name = '', ...args }) => ['helm', 'history', name, ...place(args, 'release', name)],
  helm_values: ({ name = '', revision, ...args }) => [
    ...['helm', 'get', 'values', name, ...place(args, 'release', name)],
    ...option('--revision', revision),
  ],
}

function words(word: string | undefined): string[] {
  return word === undefined ? [] : [word]
}

function option(name: string, value: string | undefined): string[] {
  if (value === undefined) return []
  return name.startsWith('--') ? [`${name}=${value}`] : [name, value]
}

function objectOf(resource: string | undefined, name: string | undefined): string | undefined {
  return resource !== undefined && name !== undefined ? `${resource}/${name}` : (name ?? resource)
}

/** Without a namespace our tools read all of them, kubectl that of the context. */
function place({ namespace }: Arguments, resource: string, name: string | undefined): string[] {
  if (isClusterScoped(canonicalKind(resource))) return []
  if (namespace !== undefined) return ['-n', namespace]
  return name === undefined ? ['-A'] : []
}

function selectors({ labelSelector, fieldSelector }: Arguments): string[] {
  return [...option('-l', labelSelector), ...option('--field-selector', fieldSelector)]
}
