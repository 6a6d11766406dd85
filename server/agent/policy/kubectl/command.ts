/**
 * A call of mcp-server-kubernetes' `kubectl_generic`, read as kubectl would read the command line that the server makes of it.
 * Where the two might differ, there is no reading: what is not certain is refused.
 */
import { z } from 'zod'
import { quoted } from '../plain'
import type { Flag } from './flags'
import { hasSubcommand, verbOf, whyNot } from './verbs'
import type { Verb } from './verbs'

export interface KubectlCommand {
  /** E.g. `get`, `rollout restart`. */
  words: string
  verb: Verb
  /** What follows the verb and is no flag. */
  operands: string[]
  /** By their long names; a switch is `true` or `false`. */
  flags: ReadonlyMap<string, string>
}

/** The server's own schema; it checks none of it. */
const callSchema = z.strictObject({
  command: z.string().max(40),
  subCommand: z.string().max(200).nullish(),
  resourceType: z.string().max(200).nullish(),
  name: z.string().max(300).nullish(),
  namespace: z.string().max(100).nullish(),
  allNamespaces: z.boolean().nullish(),
  outputFormat: z.string().max(20).nullish(),
  flags: z.record(z.string().max(60), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
  args: z.array(z.string()).max(100).nullish(),
})

const VERB = /^[a-z]+(-[a-z]+)*$/
const LONG_FLAG = /^[a-z]+(-[a-z]+)*$/

/** A word that no kubectl takes for a flag, and no shell for anything but a word; `auth can-i` also asks for `*`. */
const READ_OPERAND = /^(\*|[A-Za-z0-9][A-Za-z0-9._:/,-]*)$/
/** Also `app=web`, `app-`, `key=value:NoSchedule`, `web=registry/web:1@sha256:…`. */
const WRITE_OPERAND = /^[A-Za-z0-9*][A-Za-z0-9._:/,*=@+-]*$/

/** Thrown inside this file alone. */
class Refused extends Error {}

/**
 * @param args the call's arguments
 * @returns the command, or in words why it is not run
 */
export function readKubectl(args: Record<string, unknown>): KubectlCommand | { problem: string } {
  const call = callSchema.safeParse(args)
  if (!call.success) return { problem: `kubectl_generic was called wrongly: ${z.prettifyError(call.error)}` }
  try {
    return parse(commandLine(call.data))
  } catch (error) {
    if (error instanceof Refused) return { problem: error.message }
    throw error
  }
}

/** As the server builds it (dist/tools/kubectl-generic.js of mcp-server-kubernetes 4.1.7). */
function commandLine(call: z.infer<typeof callSchema>): string[] {
  const line = [call.command]
  for (const word of [call.subCommand, call.resourceType, call.name]) {
    if (word?.startsWith('-')) throw new Refused(`${quoted(word)} stands where no flag belongs.`)
    if (word) line.push(word)
  }
  if (call.allNamespaces) line.push('--all-namespaces')
  else if (call.namespace) line.push(`--namespace=${call.namespace}`)
  if (call.outputFormat) line.push(`-o=${call.outputFormat}`)
  for (const [name, value] of Object.entries(call.flags ?? {})) {
    if (!LONG_FLAG.test(name))
      throw new Refused(`${quoted(name)} is not the name of a flag: write it without "-" or a value.`)
    if (value === true) line.push(`--${name}`)
    else if (value !== false && value !== null) line.push(`--${name}=${value}`)
  }
  return [...line, ...(call.args ?? [])]
}

function parse(line: readonly string[]): KubectlCommand {
  const [first = '', ...rest] = line
  if (!VERB.test(first)) throw new Refused(`${quoted(first)} is not one verb of kubectl.`)
  const sub = hasSubcommand(first) ? subcommandOf(first, rest) : undefined
  const words = sub === undefined ? first : `${first} ${sub}`
  const verb = verbOf(words)
  if (!verb) throw new Refused(whyNot(first, words))
  const { operands, flags } = sort(rest, words, verb)
  if (sub !== undefined) operands.shift()
  if (verb.operands === 'none' && operands.length > 0)
    throw new Refused(whyNot(first, `${words} ${operands.join(' ')}`))
  const pattern = verb.does === 'read' ? READ_OPERAND : WRITE_OPERAND
  const odd = operands.find((operand) => operand.length > 500 || !pattern.test(operand))
  if (odd !== undefined) throw new Refused(`${quoted(odd)} is neither the name of a kind nor that of a resource.`)
  if (words === 'rollout status' && !flags.has('watch') && !flags.has('timeout'))
    throw new Refused(
      'rollout status would wait for the end of the rollout: add the flag watch with the value "false".',
    )
  return { words, verb, operands, flags }
}

/**
 * kubectl looks for its subcommand before it knows that command's flags, and skips the word after a flag that it does not
 * know: `rollout --x status restart` restarts. So only flags with their value in the same word may stand before it.
 */
function subcommandOf(verb: string, rest: readonly string[]): string {
  const at = rest.findIndex((word) => !/^-.*=/.test(word))
  const word = rest[at] ?? ''
  if (!VERB.test(word)) throw new Refused(`kubectl ${verb} needs its subcommand as the first word after it.`)
  return word
}

/** Sorts words as pflag does, but for its ambiguities, which are refused. */
function sort(rest: readonly string[], words: string, verb: Verb): { operands: string[]; flags: Map<string, string> } {
  const operands: string[] = []
  const flags = new Map<string, string>()
  const left = [...rest]
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (!word.startsWith('-')) {
      operands.push(word)
      continue
    }
    const { flag, attached } = recognise(word, words, verb)
    const value = attached ?? (flag.value === 'switch' ? 'true' : flag.joined ? undefined : left.shift())
    check(flag, value)
    // The last one would win: what is shown first is then not what holds.
    if (flags.has(flag.name)) throw new Refused(`The flag --${flag.name} is given twice.`)
    flags.set(flag.name, value)
  }
  return { operands, flags }
}

function recognise(word: string, words: string, verb: Verb): { flag: Flag; attached: string | undefined } {
  const equals = word.indexOf('=')
  const name = equals < 0 ? word : word.slice(0, equals)
  const attached = equals < 0 ? undefined : word.slice(equals + 1)
  const long = word.startsWith('--')
  const flag = verb.flags.find((each) =>
    long ? name === `--${each.name}` : each.short !== undefined && name === `-${each.short}`,
  )
  if (flag) return { flag, attached }
  // `-nshop`: only of flags that take a value; `-Aowide` and its like are refused.
  const glued = long || word.length < 3 ? undefined : verb.flags.find((each) => each.short === word[1])
  if (glued && glued.value !== 'switch' && !glued.joined) return { flag: glued, attached: word.slice(2) }
  throw new Refused(`The flag ${quoted(name)} is not among those that the assistant passes on to kubectl ${words}.`)
}

function check(flag: Flag, value: string | undefined): asserts value is string {
  const fits = flag.value === 'switch' ? /^(true|false)$/ : flag.value
  if (value === undefined) throw new Refused(`The flag --${flag.name} needs a value, as --${flag.name}=…`)
  if (!fits.test(value))
    throw new Refused(`${quoted(value)} is not a value that the assistant passes on for --${flag.name}.`)
}
