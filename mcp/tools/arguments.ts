/** Reads a model's arguments leniently: any unambiguous type or spelling is accepted. */
import type { Message } from '../../shared/messages/message'
import { msg } from '../../shared/messages/create'
import { KubeError } from '../kubernetes/errors/errors'
import type { ReadTool, ToolArguments } from './tool'
import { isObjectName, kindAndName } from '../../shared/kubernetes/names'

type Name = keyof ToolArguments
type Kind = 'text' | 'number' | 'boolean' | 'selector'

const KINDS: Record<Name, Kind> = {
  resource: 'text',
  name: 'text',
  namespace: 'text',
  allNamespaces: 'boolean',
  labelSelector: 'selector',
  fieldSelector: 'selector',
  countBy: 'text',
  sortBy: 'text',
  limit: 'number',
  container: 'text',
  previous: 'boolean',
  since: 'text',
  around: 'text',
  search: 'text',
  action: 'text',
  field: 'text',
  revision: 'number',
}

/** Aliases that models and other MCP servers use; lower case, without `_` and `-`. */
const ALIASES: Record<string, Name> = {
  kind: 'resource',
  type: 'resource',
  resourcetype: 'resource',
  resources: 'resource',
  pod: 'name',
  podname: 'name',
  release: 'name',
  releasename: 'name',
  resourcename: 'name',
  ns: 'namespace',
  allnamespaces: 'allNamespaces',
  labelselector: 'labelSelector',
  labels: 'labelSelector',
  selector: 'labelSelector',
  fieldselector: 'fieldSelector',
  countby: 'countBy',
  groupby: 'countBy',
  sortby: 'sortBy',
  tail: 'limit',
  taillines: 'limit',
  lines: 'limit',
  containername: 'container',
  sincetime: 'since',
  grep: 'search',
  query: 'search',
  subcommand: 'action',
  command: 'action',
  path: 'field',
}

/** Limit of any argument, in characters. */
const MAX_TEXT = 1024

/** Words that models write for "nothing". */
const NOTHING = new Set(['', 'null', 'none', 'undefined', '<none>'])

/** Words that models write for "all namespaces". */
const ALL = new Set(['all', '*', 'all namespaces', 'all-namespaces', '--all-namespaces', '-a', '_all', 'any', 'every'])

/**
 * @param raw the unvalidated arguments of `tools/call`
 * @throws KubeError `invalid-arguments` naming the argument and its valid values
 */
export function readArguments(raw: unknown, { name: tool, properties, required = [] }: ReadTool): ToolArguments {
  const args: ToolArguments = {}
  for (const [written, value] of Object.entries(recordOf(raw))) {
    if (isNothing(value)) continue
    const name = nameOf(written)
    if (!name || !(name in properties || isImplied(name, properties))) throw unknownArgument(written, tool, properties)
    if (args[name] === undefined) Object.assign(args, { [name]: read(name, value) })
  }
  const tidy = untangle(args)
  for (const name of required)
    if (isName(name) && tidy[name] === undefined) throw invalid(name, msg('tool-needs-argument', { tool, name }))
  checkNames(tidy)
  return tidy
}

function recordOf(raw: unknown): object {
  if (raw === null || raw === undefined) return {}
  if (typeof raw === 'object' && !Array.isArray(raw)) return raw
  throw invalid('arguments', msg('arguments-not-object'))
}

/** `allNamespaces` is accepted by every tool with a namespace: it is the default, and models write it. */
function isImplied(name: Name, properties: Record<string, object>): boolean {
  return name === 'allNamespaces' && 'namespace' in properties
}

function nameOf(written: string): Name | undefined {
  if (isName(written)) return written
  const plain = written.toLowerCase().replace(/[_-]/g, '')
  return isName(plain) ? plain : ALIASES[plain]
}

function isName(text: string): text is Name {
  return Object.hasOwn(KINDS, text)
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return NOTHING.has(value.trim().toLowerCase())
  return typeof value === 'object' && Object.keys(value).length === 0
}

function read(name: Name, value: unknown): string | number | boolean {
  const kind = KINDS[name]
  switch (kind) {
    case 'number':
      return readNumber(name, value)
    case 'boolean':
      return readBoolean(name, value)
    case 'selector':
      return bounded(name, readSelector(name, value))
    case 'text':
      return bounded(name, readText(name, value))
  }
}

function readText(name: Name, value: unknown): string {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number') return String(value)
  // `["pods"]`
  if (Array.isArray(value) && value.length === 1) return readText(name, value[0])
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value.join(',')
  throw invalid(name, msg('argument-not-text', { name }))
}

function readNumber(name: Name, value: unknown): number {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value.trim()) : NaN
  if (Number.isInteger(number) && number > 0) return number
  throw invalid(name, msg('argument-not-above-zero', { name }))
}

function readBoolean(name: Name, value: unknown): boolean {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value
  if (word === true || word === 'true' || word === 'yes' || word === '1' || word === 1) return true
  if (word === false || word === 'false' || word === 'no' || word === '0' || word === 0) return false
  throw invalid(name, msg('argument-not-boolean', { name }))
}

/** `{"app": "web"}` is `app=web`. */
function readSelector(name: Name, value: unknown): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value)
    if (entries.every(([, each]) => ['string', 'number', 'boolean'].includes(typeof each)))
      return entries.map(([key, each]) => `${key}=${String(each)}`).join(',')
  }
  return readText(name, value)
}

function bounded(name: Name, text: string): string {
  if (text.length > MAX_TEXT) throw invalid(name, msg('argument-too-long', { name, most: MAX_TEXT }))
  if (/\p{Cc}/u.test(text)) throw invalid(name, msg('argument-controls', { name }))
  return text
}

/** Normalises `deploy/web`, `pods -n shop`, `namespace: "all"` and a namespace in the name. */
function untangle(args: ToolArguments): ToolArguments {
  const out = { ...args }
  if (out.namespace !== undefined && ALL.has(out.namespace.toLowerCase())) {
    delete out.namespace
    out.allNamespaces = true
  }
  if (out.namespace?.startsWith('namespace/')) out.namespace = out.namespace.slice('namespace/'.length)
  // A named namespace wins over "all", which models add by habit.
  if (out.namespace !== undefined) delete out.allNamespaces
  if (out.name === 'all' || out.name === '*') delete out.name
  splitPair(out)
  return out
}

/** Accepts `deploy/web` as resource or name. `apps/v1/Deployment` and `v1/Pod` are kinds. */
function splitPair(out: ToolArguments): void {
  const pair = kindAndName(out.name ?? out.resource ?? '')
  if (!pair) return
  out.resource = (out.name === undefined ? undefined : out.resource) ?? pair.kind
  out.name = pair.name
}

const NAMES: readonly Name[] = ['name', 'namespace', 'container']

function checkNames(args: ToolArguments): void {
  for (const name of NAMES) {
    const value = args[name]
    if (typeof value === 'string' && !isObjectName(value))
      throw invalid(name, msg('argument-not-a-name', { value: value.slice(0, 80), name }))
  }
}

function unknownArgument(written: string, tool: string, properties: Record<string, object>): KubeError {
  return invalid(
    written,
    msg('tool-no-argument', { tool, written: written.slice(0, 80), keys: Object.keys(properties).join(', ') }),
  )
}

function invalid(argument: string, detail: Message): KubeError {
  return new KubeError('invalid-arguments', detail, { argument: argument.slice(0, 80) })
}
