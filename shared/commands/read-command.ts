/** A command that is typed in the prompt: `/logs cart -n shop -p`, without the model. */
import { commands, type Command, type CommandInput, type Flag, type ReadCall } from './command-list'

export interface CompleteCommand {
  command: Command
  input: CommandInput
}

export type ReadCommand =
  | CompleteCommand
  /** It lacks its object, has too many words, or an unknown flag. */
  | { command: Command; problem: 'missing' | 'extra' | 'flag'; word?: string }

/** kubectl's own flags. */
const FLAGS: Readonly<Record<string, { name: Flag; hasValue: boolean }>> = {
  '-n': { name: 'namespace', hasValue: true },
  '--namespace': { name: 'namespace', hasValue: true },
  '-c': { name: 'container', hasValue: true },
  '--container': { name: 'container', hasValue: true },
  '-p': { name: 'previous', hasValue: false },
  '--previous': { name: 'previous', hasValue: false },
  '-l': { name: 'labelSelector', hasValue: true },
  '--selector': { name: 'labelSelector', hasValue: true },
  '--since': { name: 'since', hasValue: true },
  '--search': { name: 'search', hasValue: true },
  '-A': { name: 'allNamespaces', hasValue: false },
  '--all-namespaces': { name: 'allNamespaces', hasValue: false },
}

/** @returns undefined if the text is a question: also one that begins with a path */
export function readCommand(text: string): ReadCommand | undefined {
  const [head = '', ...rest] = text.trim().split(/\s+/)
  const command = commands.find(({ name }) => head === `/${name}`)
  if (!command || /\n/.test(text.trim())) return undefined
  const input: CommandInput = { words: [], flags: {} }
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? ''
    if (!word.startsWith('-')) {
      input.words.push(word)
      continue
    }
    const [name = '', given] = word.split('=', 2)
    const flag = FLAGS[name]
    if (!flag || !command.flags.includes(flag.name)) return { command, problem: 'flag', word: name }
    const value = flag.hasValue ? (given ?? rest[++at]) : true
    if (value === undefined) return { command, problem: 'missing', word: name }
    input.flags[flag.name] = value
  }
  const { words } = input
  if (words.length < command.words.least) return { command, problem: 'missing' }
  if (words.length > command.words.most) return { command, problem: 'extra', word: words[command.words.most] ?? '' }
  return { command, input }
}

/**
 * @param namespaces known ones
 * @param chosen on the page; where the command names none
 */
export function commandCall(
  { command, input }: CompleteCommand,
  namespaces: ReadonlySet<string>,
  chosen: string | undefined,
): ReadCall {
  const { tool, arguments: args } = command.call(input, namespaces)
  const isPlaced = 'namespace' in args || 'allNamespaces' in args || !command.flags.includes('namespace')
  return { tool, arguments: isPlaced || chosen === undefined ? args : { ...args, namespace: chosen } }
}
