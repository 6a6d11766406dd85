/** What the arguments of any call may look like, whatever the tool: each check gives the words of its refusal. */
import { MAX_DEPTH, isObject, measure, quoted, strings, words } from './plain'
import { KIND_ARGUMENTS } from '../../mcp/servers/targets'

/** Arguments that are never the model's to set, on any tool. */
export const HIDDEN_ARGUMENTS: ReadonlySet<string> = new Set(['context', 'kubeconfig', 'follow'])

/** Arguments by which a call would leave the cluster, context or user that the operator chose; without `_`, `-` and case. */
const OPERATORS = new Set(
  'context kubecontext kubeconfig cluster server apiserver master user username password token as asuser asgroup asuid'
    .split(' ')
    .concat('impersonate', 'insecureskiptlsverify', 'certificateauthority', 'clientcertificate', 'clientkey'),
)

/** Files on the machine of the MCP server; its credentials are among them. */
const FILES = new Set(['filename', 'fromFile', 'patchFile', 'valuesFile', 'file', 'path'])

/** In the arguments of writes: text of the person's own making, in which a dash or a line break is no smuggling. */
const FREE_TEXT = new Set(
  'manifest values patchData command args fromLiteral fromFileContent annotations labels flags'.split(' '),
)

const NAME = /^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$/
const KIND = /^[A-Za-z][A-Za-z0-9.,/-]*$/
const NAMES = ['name', 'namespace', 'container', 'nodeName', 'resourceName', 'release']

/** Of all arguments, in characters. */
export const MAX_MANIFEST = 128 * 1024

/** Of one argument of a read, in characters. */
const MAX_READ_TEXT = 4096

/** Bounds and the operator's own arguments: the first to be checked, since the others walk the arguments. */
export function checkShape(args: Record<string, unknown>): string | undefined {
  const { depth, chars } = measure(args)
  if (depth > MAX_DEPTH) return `The arguments are nested more than ${MAX_DEPTH} levels deep.`
  if (chars > MAX_MANIFEST) return `The arguments are longer than ${MAX_MANIFEST / 1024} KiB.`
  const name = Object.keys(args).find((each) => OPERATORS.has(each.toLowerCase().replace(/[_-]/g, '')))
  if (name === undefined) return undefined
  return `The argument ${quoted(name)} is refused: the operator chooses cluster, context and user. Call again without it.`
}

/**
 * For calls that read.
 * @param isInProcess the server calls no program and checks names itself: see `KnownServer`
 */
export function checkRead(args: Record<string, unknown>, isInProcess = false): string | undefined {
  for (const [name, value] of Object.entries(args)) {
    for (const text of strings(value)) {
      if (text.length > MAX_READ_TEXT) return `The argument ${quoted(name)} is too long.`
      const problem = isInProcess ? checkControls(name, text) : checkWord(name, text)
      if (problem) return problem
    }
  }
  return isInProcess ? undefined : checkNames(args)
}

/**
 * For calls that write.
 * @param known we know what the tool's arguments mean; else any of them may be free text
 * @param manifestName the argument that is a manifest: `resource` is one here, and a kind there
 */
export function checkWrite(args: Record<string, unknown>, known: boolean, manifestName?: string): string | undefined {
  for (const [name, value] of Object.entries(args)) {
    if (FILES.has(name) && !isEmpty(value))
      return `The argument ${quoted(name)} reads a file of the MCP server's machine: give the contents in place of a path.`
    if (!known || name === manifestName || FREE_TEXT.has(name)) continue
    for (const text of strings(value)) {
      const problem = checkWord(name, text)
      if (problem) return problem
    }
  }
  return checkNames(args, manifestName)
}

function checkWord(name: string, text: string): string | undefined {
  // kubectl would read it as a flag, such as --context or --token.
  if (/(^|\s)-/.test(text))
    return `The argument ${quoted(name)} holds a word that begins with "-": kubectl might read it as a flag.`
  return checkControls(name, text)
}

function checkControls(name: string, text: string): string | undefined {
  return /\p{Cc}/u.test(text) ? `The argument ${quoted(name)} contains control characters.` : undefined
}

function checkNames(args: Record<string, unknown>, manifestName?: string): string | undefined {
  for (const name of NAMES) {
    const value = args[name]
    if (isEmpty(value)) continue
    if (typeof value !== 'string' || value.length > 253 || !NAME.test(value))
      return `${words(value)} is not a valid ${name}: use a name that the cluster has returned.`
  }
  for (const name of KIND_ARGUMENTS) {
    const value = args[name]
    if (name === manifestName || isEmpty(value)) continue
    if (typeof value !== 'string' || !KIND.test(value))
      return `${words(value)} is not a kind of resource: it must be a text such as Pod.`
  }
  return undefined
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value) || isObject(value)) return Object.keys(value).length === 0
  return value === undefined || value === null || value === ''
}
