/** Reads the arguments of the writing Helm tools leniently: any unambiguous form is accepted. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import { KubeError } from '../../kubernetes/errors/errors'
import { readValues } from './values'
import { isNamespaceName, isReleaseName } from '../../../shared/kubernetes/names'

export const helmArgumentsSchema = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  chart: z.string().optional(),
  repo: z.string().optional(),
  version: z.string().optional(),
  values: z.record(z.string(), z.unknown()).optional(),
  revision: z.number().optional(),
})
export type HelmArguments = z.infer<typeof helmArgumentsSchema>
type Name = keyof HelmArguments

const ALIASES: Record<string, Name> = {
  release: 'name',
  releasename: 'name',
  ns: 'namespace',
  chartversion: 'version',
  repository: 'repo',
  repourl: 'repo',
  chartrepo: 'repo',
  chartname: 'chart',
  set: 'values',
  torevision: 'revision',
}

const NAMES: readonly Name[] = ['name', 'namespace', 'chart', 'repo', 'version', 'values', 'revision']
const MAX_TEXT = 512
/** Words that models write for "nothing". */
const NOTHING = /^(?:|null|none|undefined|<none>)$/i

/** A name, path or URL that Helm cannot take for a flag and that cannot lead to a parent folder. */
const CHART = /^(?:oci:\/\/|\/)?[A-Za-z0-9][\w.:/+-]*$/
const REPOSITORY = /^https:\/\/[A-Za-z0-9][\w.:/%~+-]*$/
const VERSION = /^[\w~^<>=*][\w.+~^<>=|* ,-]{0,99}$/

/**
 * @param raw the unvalidated arguments of `tools/call`
 * @throws KubeError `invalid-arguments` naming the argument and its valid values
 */
export function readHelmArguments(
  raw: unknown,
  {
    name: tool,
    properties,
    required = ['name'],
  }: { name: string; properties: Record<string, object>; required?: string[] },
): HelmArguments {
  const read = new Map<Name, unknown>()
  for (const [written, value] of Object.entries(recordOf(raw))) {
    if (isNothing(value)) continue
    const name = nameOf(written)
    // `repo` is in no schema, but models know it from other tools.
    if (name === undefined || !(name in properties || (name === 'repo' && 'chart' in properties)))
      throw invalid(
        written,
        msg('tool-no-argument', { tool, written: shown(written), keys: Object.keys(properties).join(', ') }),
      )
    if (!read.has(name)) read.set(name, valueOf(name, value))
  }
  splitName(read, properties)
  for (const name of required)
    if (!read.has(asName(name))) throw invalid(name, msg('tool-needs-argument', { tool, name }))
  const args = helmArgumentsSchema.parse(Object.fromEntries(read))
  check(args)
  return args
}

function asName(text: string): Name {
  const name = nameOf(text)
  if (name === undefined) throw new Error(`${text} is not an argument`)
  return name
}

function recordOf(raw: unknown): object {
  if (raw === null || raw === undefined) return {}
  if (typeof raw === 'object' && !Array.isArray(raw)) return raw
  throw invalid('arguments', msg('arguments-not-object'))
}

function nameOf(written: string): Name | undefined {
  const plain = written.toLowerCase().replace(/[_-]/g, '')
  return NAMES.find((name) => name === plain) ?? (Object.hasOwn(ALIASES, plain) ? ALIASES[plain] : undefined)
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && NOTHING.test(value.trim()))
}

/** Accepts `shop/web` as the release. */
function splitName(read: Map<Name, unknown>, properties: Record<string, object>): void {
  const name = read.get('name')
  const [, namespace, rest] = typeof name === 'string' ? (/^([^/]+)\/([^/]+)$/.exec(name) ?? []) : []
  if (namespace === undefined || rest === undefined || !('namespace' in properties)) return
  if (!read.has('namespace')) read.set('namespace', namespace)
  read.set('name', rest)
}

function valueOf(name: Name, value: unknown): unknown {
  switch (name) {
    case 'values':
      return readValues(value)
    case 'revision': {
      const number = typeof value === 'string' ? Number(value.trim().replace(/^v/, '')) : value
      if (typeof number === 'number' && Number.isInteger(number) && number > 0) return number
      throw invalid(name, msg('revision-not-number'))
    }
    case 'version':
      return typeof value === 'number' ? String(value) : text(name, value)
    case 'name':
    case 'namespace':
    case 'chart':
    case 'repo':
      return text(name, value)
  }
}

function text(name: Name, value: unknown): string {
  const plain = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : undefined
  if (plain === undefined) throw invalid(name, msg('argument-not-text', { name }))
  if (plain.length > MAX_TEXT) throw invalid(name, msg('argument-too-long', { name, most: MAX_TEXT }))
  return plain
}

function check({ name, namespace, chart, repo, version }: HelmArguments): void {
  if (!isReleaseName(name)) throw invalid('name', msg('release-name-invalid', { name: shown(name) }))
  if (namespace !== undefined && !isNamespaceName(namespace))
    throw invalid('namespace', msg('namespace-invalid', { namespace: shown(namespace) }))
  if (chart !== undefined && (!CHART.test(chart) || /(^|\/)\.\.(\/|$)/.test(chart)))
    throw invalid('chart', msg('chart-invalid', { chart: shown(chart) }))
  if (repo !== undefined && !REPOSITORY.test(repo))
    throw invalid('repo', msg('chart-repo-invalid', { repo: shown(repo) }))
  if (version !== undefined && !VERSION.test(version))
    throw invalid('version', msg('chart-version-invalid', { version: shown(version) }))
}

function shown(text: string): string {
  return text.slice(0, 80).replace(/\p{Cc}/gu, ' ')
}

function invalid(argument: string, detail: Message): KubeError {
  return new KubeError('invalid-arguments', detail, { argument: argument.slice(0, 80) })
}
