/** `kubectl_get`: one object, or the API's own table of a kind with verdicts and counts over all rows. */
import { msg } from '../../shared/messages/create'
import { stringify } from 'yaml'
import type { Coverage, ResultNote } from '../../shared/result'
import { hasHealth, needsObject, objectHealth, tableHealth } from '../../shared/kubernetes/health'
import { reasonFields } from '../../shared/kubernetes/health/reasons'
import type { Related } from '../../shared/kubernetes/health/related'
import { countValues } from '../../shared/results/counts'
import { KubeError } from '../kubernetes/errors/errors'
import { listTable } from '../kubernetes/list/list'
import { getObject } from '../kubernetes/list/object'
import type { TableList } from '../kubernetes/list/list'
import { maskObject } from '../kubernetes/mask'
import { readRelated, readScaledPods } from '../kubernetes/read/related'
import type { ApiResource } from '../kubernetes/types'
import { countTable, countsNeedObjects } from './get/counts'
import { groupNote, selectorNote } from './get/notes'
import { withProjects } from './get/projects'
import { sortRows } from './get/sort'
import { describedText, integer, text } from './properties'
import type { ReadTool, ToolAnswer, ToolArguments, ToolContext } from './tool'

export const kubectlGet: ReadTool = {
  name: 'kubectl_get',
  description: 'Objects of a kind with health and counts, or one by name. All namespaces by default.',
  properties: {
    resource: describedText('e.g. pods, deploy'),
    name: text,
    namespace: text,
    labelSelector: text,
    fieldSelector: text,
    countBy: describedText('namespace, status, node, image, owner, age, label:KEY or column; several with commas'),
    sortBy: describedText('age, newest, restarts, name or column'),
    limit: integer,
  },
  required: ['resource'],
  run: async (args, context) => {
    const { cluster, signal } = context
    const { resource, alsoIn } = await cluster.discovery.find(args.resource ?? '', signal)
    const notes = groupNote(resource, alsoIn)
    return args.name === undefined
      ? list(args, resource, notes, context)
      : one(args, args.name, resource, notes, context)
  },
}

async function one(
  { namespace }: ToolArguments,
  name: string,
  resource: ApiResource,
  notes: ResultNote[],
  { cluster, signal, now }: ToolContext,
): Promise<ToolAnswer> {
  const object = await getObject(cluster, { resource, namespace, name, signal })
  const masked = maskObject(object)
  const { metadata, apiVersion = '', kind = resource.kind } = object
  const related = await readRelated(cluster, resource, metadata.namespace, signal)
  const judge = (facts: Related | undefined) => objectHealth(object, { now: now(), related: facts }, resource)
  const first = hasHealth(resource) ? judge(related) : undefined
  const pods = await readScaledPods(cluster, [{ object, verdict: first?.verdict }], metadata.namespace, signal)
  const health = pods ? judge(pods) : first
  return {
    kind: 'object',
    object: { kind, apiVersion, name: metadata.name, ...(metadata.namespace && { namespace: metadata.namespace }) },
    ...(health && { verdict: health.verdict, ...reasonFields(health.reason) }),
    sections: [],
    yaml: stringify(masked, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd(),
    coverage: { scope: 'object', shown: 1, total: 1, complete: true, notes },
  }
}

async function list(
  args: ToolArguments,
  resource: ApiResource,
  notes: ResultNote[],
  context: ToolContext,
): Promise<ToolAnswer> {
  const { cluster, signal, now } = context
  if (!resource.verbs.includes('list'))
    throw new KubeError('invalid-arguments', msg('kind-not-listable', { kind: resource.kind }))
  const { namespace, labelSelector, fieldSelector, countBy, sortBy, limit } = args
  const full = needsObject(resource) || countsNeedObjects(countBy)
  const request = { resource, namespace, labelSelector, fieldSelector, signal }
  const [read, related] = await Promise.all([
    listTable(cluster, { ...request, objects: full ? 'full' : 'metadata' }),
    readRelated(cluster, resource, namespace, signal),
  ])
  const table = await withProjects(withNamespaces(read, resource, namespace), resource, cluster, signal)
  const extra = table.rows.length === 0 && (labelSelector || fieldSelector) ? await selectorNote(cluster, request) : []
  const all = sortRows(table, sortBy)
  const columns = table.columns.map((column) => column.name)
  const judge = (facts: Related | undefined) => tableHealth({ resource, columns, rows: all }, now(), facts)
  const first = hasHealth(resource) ? judge(related) : undefined
  const judged = all.map(({ object }, at) => ({ object, verdict: first?.verdicts[at] }))
  const pods = await readScaledPods(cluster, judged, namespace, signal)
  const health = pods ? judge(pods) : first
  const rows = all.slice(0, limit)
  const counts = countTable(table, resource, countBy, now())
  if (health && rows.length < all.length) counts.push(countValues('health', health.verdicts))
  const { kind, group, version, plural, namespaced } = resource
  return {
    kind: 'table',
    resource: { kind, group, version, plural, namespaced },
    columns,
    rows: rows.map((row) => row.cells),
    wide: table.columns.flatMap((column, at) => (column.priority > 0 ? [at] : [])),
    ...(health && firstRows(health, rows.length)),
    ...(counts.length > 0 && { counts }),
    coverage: covered(table.coverage, rows.length, [...notes, ...extra]),
  }
}

type RowHealth = NonNullable<ReturnType<typeof tableHealth>>

function firstRows({ verdicts, reasons, localizedReasons }: RowHealth, count: number): RowHealth {
  return {
    verdicts: verdicts.slice(0, count),
    reasons: firstOf(reasons, count),
    localizedReasons: firstOf(localizedReasons, count),
  }
}

/** Those of the first rows, by the index of the row. */
function firstOf<T>(byRow: Record<string, T>, count: number): Record<string, T> {
  return Object.fromEntries(Object.entries(byRow).filter(([row]) => Number(row) < count))
}

function covered(coverage: Coverage, shown: number, notes: ResultNote[]): Coverage {
  // `complete` says whether everything was read, not whether everything is returned.
  const total = coverage.total ?? (coverage.complete ? coverage.shown : undefined)
  return { ...coverage, shown, ...(total !== undefined && { total }), notes: [...notes, ...coverage.notes] }
}

/** Adds kubectl's NAMESPACE column if several namespaces were read. */
function withNamespaces(table: TableList, { namespaced }: ApiResource, namespace: string | undefined): TableList {
  if (!namespaced || namespace !== undefined) return table
  return {
    ...table,
    columns: [{ name: 'NAMESPACE', priority: 0, type: 'string' }, ...table.columns],
    rows: table.rows.map((row) => ({ ...row, cells: [row.object.metadata.namespace ?? '', ...row.cells] })),
  }
}
