/** What completes a token of the prompt: commands, kinds, namespaces, objects. */
import type { ResourceReference } from '#shared/embed'
import { foldText } from '../browser/fold'
import { commands, type Command } from '#shared/commands/command-list'
import { runbookUsage, type Runbook } from '#shared/commands/runbook'
import { commandIcons, RUNBOOK_ICON } from '../commands/commandIcons'
import { INDEXED_KINDS, type IndexedKind } from './indexedKinds'
import type { PromptToken } from './promptToken'

export interface Suggestion {
  id: string
  icon: string
  label: string
  /** Where an object is, or what may follow a command. */
  detail: string
  /** What replaces the token. */
  insert: string
  /** Of a mention: given to the model as context. */
  reference?: ResourceReference
  /** Of a command: what it does is a text of the page. */
  command?: Command
  /** Of a runbook: its title is in the language of the page. */
  runbook?: Runbook
}

/** Rows of the list, which scrolls on a small screen. */
const MAX_SUGGESTIONS = 10
const MAX_SAVED = 4
const MAX_RUNBOOKS = 6

const ICONS: Readonly<Record<string, string>> = {
  Namespace: 'i-lucide-folder',
  Pod: 'i-lucide-box',
  Node: 'i-lucide-server',
  Service: 'i-lucide-network',
  Ingress: 'i-lucide-network',
}

/** The kinds to read for a token. */
export function kindsFor(token: PromptToken): readonly IndexedKind[] {
  switch (token.type) {
    case 'command':
      return []
    case 'namespace':
      return ['namespaces']
    case 'mention':
      return INDEXED_KINDS
    case 'argument':
      switch (token.command.completes) {
        case 'namespace':
          return ['namespaces']
        case 'object':
          return INDEXED_KINDS.filter((kind) => kind !== 'namespaces')
        case 'object-or-namespace':
          return INDEXED_KINDS
        case 'kind':
        case 'nothing':
          return []
      }
  }
}

/**
 * @param objects of the kinds of `kindsFor`, in their order
 * @param saved prompts, which `/` lists before the commands
 * @param runbooks of the operator, which come after them
 */
export function suggestionsFor(
  token: PromptToken,
  objects: readonly ResourceReference[],
  saved: readonly string[] = [],
  runbooks: readonly Runbook[] = [],
): Suggestion[] {
  const own =
    token.type === 'command'
      ? [
          ...bestMatches(token.typed, saved.map(savedSuggestion), ({ label }) => label, MAX_SAVED),
          ...bestMatches(token.typed, runbooks.map(runbookSuggestion), runbookText, MAX_RUNBOOKS),
        ]
      : []
  const found = [...own, ...bestMatches(token.typed, candidates(token, objects), ({ label }) => label)]
  // Nothing to complete: it stands there already.
  return found.length === 1 && found[0]?.insert.trim() === written(token) ? [] : found
}

function written({ type, typed }: PromptToken): string {
  return type === 'command' ? `/${typed}` : typed
}

function candidates(token: PromptToken, objects: readonly ResourceReference[]): Suggestion[] {
  if (token.type === 'command') return commands.map(commandSuggestion)
  if (token.type === 'argument' && token.command.completes === 'kind')
    return INDEXED_KINDS.map((kind) => ({
      id: kind,
      icon: 'i-lucide-table-2',
      label: kind,
      detail: '',
      insert: `${kind} `,
    }))
  return objects.map((reference) => objectSuggestion(token, reference))
}

function savedSuggestion(text: string): Suggestion {
  return { id: `saved ${text}`, icon: 'i-lucide-star', label: text, detail: '', insert: text }
}

function runbookSuggestion(runbook: Runbook): Suggestion {
  const { name } = runbook
  return {
    id: `runbook ${name}`,
    icon: RUNBOOK_ICON,
    label: `/${name}`,
    detail: runbookUsage(runbook).slice(name.length + 2),
    insert: `/${name} `,
    runbook,
  }
}

/** Found by name and title. */
function runbookText({ label, runbook }: Suggestion): string {
  return [label, ...Object.values(runbook?.title ?? {})].join(' ')
}

function commandSuggestion(command: Command): Suggestion {
  const { name, usage } = command
  return { id: name, icon: commandIcons[name], label: `/${name}`, detail: usage, insert: `/${name} `, command }
}

function objectSuggestion({ type }: PromptToken, reference: ResourceReference): Suggestion {
  const { kind, namespace, name } = reference
  const isNamespace = kind === 'Namespace'
  const argument = isNamespace
    ? `${name} `
    : `${kind.toLowerCase()}/${name} ${namespace === undefined ? '' : `-n ${namespace} `}`
  return {
    id: [kind, namespace, name].join('/'),
    icon: ICONS[kind] ?? 'i-lucide-layers',
    label: name,
    detail: namespace === undefined ? kind : `${kind} · ${namespace}`,
    insert: type === 'mention' ? `${name} ` : argument,
    ...(type === 'mention' && { reference }),
  }
}

/** Those that begin with the typed letters come first, then those that contain them; without diacritics. */
export function bestMatches<T>(
  typed: string,
  items: readonly T[],
  textOf: (item: T) => string,
  most = MAX_SUGGESTIONS,
): T[] {
  const needle = foldText(typed)
  const begins: T[] = []
  const contains: T[] = []
  for (const item of items) {
    const at = foldText(textOf(item)).replace(/^\//, '').indexOf(needle)
    if (at === 0) begins.push(item)
    else if (at > 0) contains.push(item)
    if (begins.length >= most) break
  }
  return [...begins, ...contains].slice(0, most)
}
