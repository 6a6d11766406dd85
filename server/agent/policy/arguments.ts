/** Checks of arguments for any tool; each returns a refusal. */
import { isObjectName } from '#shared/kubernetes/names'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { MAX_DEPTH, isObject, measure, quoted, strings, words } from './plain'
import { KIND_ARGUMENTS } from '../../mcp/servers/targets'

/** Arguments that the model may never set, on any tool. */
export const HIDDEN_ARGUMENTS: ReadonlySet<string> = new Set(['context', 'kubeconfig', 'follow'])

/** Arguments that would leave the operator's cluster, context or user; without `_`, `-` and case. */
const OPERATORS = new Set(
  'context kubecontext kubeconfig cluster server apiserver master user username password token as asuser asgroup asuid'
    .split(' ')
    .concat('impersonate', 'insecureskiptlsverify', 'certificateauthority', 'clientcertificate', 'clientkey'),
)

/** Arguments with files on the MCP server's machine, which include its credentials. */
const FILES = new Set(['filename', 'fromFile', 'patchFile', 'valuesFile', 'file', 'path'])

/** Free text in writes: dashes and line breaks are legitimate. */
const FREE_TEXT = new Set(
  'manifest values patchData command args fromLiteral fromFileContent annotations labels flags'.split(' '),
)

const KIND = /^[A-Za-z][A-Za-z0-9.,/-]*$/
const NAMES = ['name', 'namespace', 'container', 'nodeName', 'resourceName', 'release']

/** Limit for all arguments, in characters. */
const MAX_MANIFEST = 128 * 1024

/** Limit for one argument of a read, in characters. */
const MAX_READ_TEXT = 4096

/** Checks size and the operator's arguments. Runs first, since the others walk the arguments. */
export function checkShape(args: Record<string, unknown>): Message | undefined {
  const { depth, chars } = measure(args)
  if (depth > MAX_DEPTH) return msg('policy-too-deep', { levels: MAX_DEPTH })
  if (chars > MAX_MANIFEST) return msg('policy-too-long', { size: MAX_MANIFEST / 1024 })
  const name = Object.keys(args).find((each) => OPERATORS.has(each.toLowerCase().replace(/[_-]/g, '')))
  if (name === undefined) return undefined
  return msg('policy-operator-argument', { name: quoted(name) })
}

/**
 * For reads.
 * @param isInProcess the server starts no program and validates names itself: see `KnownServer`
 */
export function checkRead(args: Record<string, unknown>, isInProcess = false): Message | undefined {
  for (const [name, value] of Object.entries(args)) {
    for (const text of strings(value)) {
      if (text.length > MAX_READ_TEXT) return msg('policy-argument-long', { name: quoted(name) })
      const problem = isInProcess ? checkControls(name, text) : checkWord(name, text)
      if (problem) return problem
    }
  }
  return isInProcess ? undefined : checkNames(args)
}

/**
 * For writes.
 * @param known the meaning of the tool's arguments is known; otherwise any may be free text
 * @param manifestName the argument with a manifest: `resource` is one in some tools and a kind in others
 */
export function checkWrite(args: Record<string, unknown>, known: boolean, manifestName?: string): Message | undefined {
  for (const [name, value] of Object.entries(args)) {
    if (FILES.has(name) && !isEmpty(value)) return msg('policy-argument-file', { name: quoted(name) })
    if (!known || name === manifestName || FREE_TEXT.has(name)) continue
    for (const text of strings(value)) {
      const problem = checkWord(name, text)
      if (problem) return problem
    }
  }
  return checkNames(args, manifestName)
}

function checkWord(name: string, text: string): Message | undefined {
  // kubectl would read it as a flag, such as --context or --token.
  if (/(^|\s)-/.test(text)) return msg('policy-argument-flag', { name: quoted(name) })
  return checkControls(name, text)
}

function checkControls(name: string, text: string): Message | undefined {
  return /\p{Cc}/u.test(text) ? msg('policy-argument-controls', { name: quoted(name) }) : undefined
}

function checkNames(args: Record<string, unknown>, manifestName?: string): Message | undefined {
  for (const name of NAMES) {
    const value = args[name]
    if (isEmpty(value)) continue
    if (typeof value !== 'string' || !isObjectName(value))
      return msg('policy-not-a-name', { value: words(value), name })
  }
  for (const name of KIND_ARGUMENTS) {
    const value = args[name]
    if (name === manifestName || isEmpty(value)) continue
    if (typeof value !== 'string' || !KIND.test(value)) return msg('policy-not-a-kind', { value: words(value) })
  }
  return undefined
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value) || isObject(value)) return Object.keys(value).length === 0
  return value === undefined || value === null || value === ''
}
