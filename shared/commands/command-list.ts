/** The commands of the prompt: each is one read of our MCP server. */

/** A read of the cluster, as `POST /api/read` takes it. */
export interface ReadCall {
  /** As the MCP server names it, e.g. `kubectl_get`. */
  tool: string
  arguments: Record<string, unknown>
}

/** What follows the command's name. */
export interface CommandInput {
  words: string[]
  flags: Partial<Record<Flag, string | true>>
}

export type Flag = 'namespace' | 'container' | 'previous' | 'labelSelector' | 'since' | 'search' | 'allNamespaces'

export type CommandName =
  'pods' | 'nodes' | 'get' | 'describe' | 'logs' | 'events' | 'top' | 'diagnose' | 'changes' | 'helm'

export interface Command {
  name: CommandName
  /** What may follow the name, as shown to the person. */
  usage: string
  words: { least: number; most: number }
  flags: Flag[]
  /** What its first word is completed with. */
  completes: 'namespace' | 'kind' | 'object' | 'object-or-namespace' | 'nothing'
  /** @param namespaces known ones, since a bare word may be a namespace or an object */
  call: (input: CommandInput, namespaces: ReadonlySet<string>) => ReadCall
}

const SCOPE = ['namespace', 'allNamespaces'] as const
const anyOne = { least: 0, most: 1 }

export const commands: readonly Command[] = [
  {
    name: 'diagnose',
    usage: '[namespace | kind/name]',
    completes: 'object-or-namespace',
    words: anyOne,
    flags: [...SCOPE],
    call: (input, namespaces) => ({ tool: 'diagnose', arguments: objectOrNamespace(input, namespaces) }),
  },
  {
    name: 'changes',
    usage: '[namespace | kind/name] [--since 2h]',
    completes: 'object-or-namespace',
    words: anyOne,
    flags: [...SCOPE, 'since'],
    call: (input, namespaces) => ({ tool: 'what_changed', arguments: objectOrNamespace(input, namespaces) }),
  },
  {
    name: 'pods',
    usage: '[namespace]',
    completes: 'namespace',
    words: anyOne,
    flags: [...SCOPE, 'labelSelector'],
    call: ({ words: [namespace], flags }) => get({ resource: 'pods', ...(namespace && { namespace }), ...flags }),
  },
  {
    name: 'logs',
    usage: 'pod | kind/name [-n namespace] [-c container] [-p]',
    completes: 'object',
    words: { least: 1, most: 1 },
    flags: ['namespace', 'container', 'previous', 'since', 'search'],
    call: ({ words: [name = ''], flags }) => ({ tool: 'kubectl_logs', arguments: { ...objectOf(name), ...flags } }),
  },
  {
    name: 'events',
    usage: '[namespace | kind/name]',
    completes: 'object-or-namespace',
    words: anyOne,
    flags: [...SCOPE, 'since'],
    call: ({ words: [word = ''], flags }) => ({
      tool: 'kubectl_events',
      // Events need a kind with a name.
      arguments: { ...(word.includes('/') ? objectOf(word) : word !== '' && { namespace: word }), ...flags },
    }),
  },
  {
    name: 'top',
    usage: '[nodes | namespace]',
    completes: 'namespace',
    words: anyOne,
    flags: [...SCOPE, 'labelSelector'],
    call: ({ words: [word], flags }) => ({
      tool: 'kubectl_top',
      arguments: {
        ...(word === 'nodes' || word === 'pods'
          ? { resource: word }
          : { resource: 'pods', ...(word && { namespace: word }) }),
        ...flags,
      },
    }),
  },
  {
    name: 'describe',
    usage: 'kind/name [-n namespace]',
    completes: 'object',
    words: { least: 1, most: 2 },
    flags: ['namespace'],
    call: ({ words: [first = '', second], flags }) => ({
      tool: 'kubectl_describe',
      arguments: { ...(second === undefined ? objectOf(first) : { resource: first, name: second }), ...flags },
    }),
  },
  {
    name: 'get',
    usage: 'kind [name] [-n namespace] [-l selector]',
    completes: 'kind',
    words: { least: 1, most: 2 },
    flags: [...SCOPE, 'labelSelector'],
    call: ({ words: [first = '', name], flags }) =>
      get({ ...(name === undefined ? kindOrObject(first) : { resource: first, name }), ...flags }),
  },
  {
    name: 'nodes',
    usage: '',
    completes: 'nothing',
    words: { least: 0, most: 0 },
    flags: [],
    call: () => get({ resource: 'nodes' }),
  },
  {
    name: 'helm',
    usage: '[namespace]',
    completes: 'namespace',
    words: anyOne,
    flags: [...SCOPE],
    call: ({ words: [namespace], flags }) => ({
      tool: 'helm_list',
      arguments: { ...(namespace && { namespace }), ...flags },
    }),
  },
]

function get(args: ReadCall['arguments']): ReadCall {
  return { tool: 'kubectl_get', arguments: args }
}

/** `deploy/cart` or `cart`. */
function objectOf(word: string): { resource?: string; name: string } {
  const [kind, name] = word.split('/', 2)
  return kind && name ? { resource: kind, name } : { name: word }
}

function kindOrObject(word: string): { resource: string; name?: string } {
  const { resource, name } = objectOf(word)
  return resource === undefined ? { resource: name } : { resource, name }
}

function objectOrNamespace({ words: [word], flags }: CommandInput, namespaces: ReadonlySet<string>) {
  if (word === undefined) return { ...flags }
  const isNamespace = !word.includes('/') && flags.namespace === undefined && namespaces.has(word)
  return { ...(isNamespace ? { namespace: word } : objectOf(word)), ...flags }
}
