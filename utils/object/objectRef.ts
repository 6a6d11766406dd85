/** Objects as results name them, and the objects of a table's cells. */
import type { FindingObject } from '#shared/findings'
import { canonicalKind, isClusterScoped } from '#shared/kubernetes/kinds'
import { isObjectName, kindAndName } from '#shared/kubernetes/names'
import type { Section, TableResult } from '#shared/result'

/** Enough for a direct read: the server completes a kind without its version. */
export interface ObjectRef {
  /** As the result has it: `Pod`, or `pod` in an event. */
  kind: string
  /** E.g. `apps/v1`; absent if the result does not tell. */
  apiVersion?: string
  /** API group; absent for the core group or if unknown. */
  group?: string
  /** Absent for cluster-scoped kinds. */
  namespace?: string
  name: string
}

/** Equal for the same object, whether named `Pod`, `pods` or `po`. */
export function objectKey({ kind, namespace = '', name }: ObjectRef): string {
  return `${canonicalKind(kind)}|${namespace}|${name}`
}

/** E.g. `Pod shop/cart-1`. */
export function objectTitle({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`
}

/** The kind as the argument `resource` of a read tool takes it. */
export function resourceArgument({ kind, apiVersion, group }: ObjectRef): string {
  if (apiVersion !== undefined) return `${apiVersion}/${kind}`
  return group === undefined ? kind : `${kind}.${group}`
}

/** Columns that name an object of a kind that the heading tells. */
const KINDS_BY_HEADING: Record<string, string> = { POD: 'Pod', NODE: 'Node', NAMESPACE: 'Namespace' }

/**
 * The object that a cell names.
 * @param columns of the row, which may have more than the result's
 * @returns undefined if the cell names none, or if the namespace is unknown
 */
export function cellObject(
  { resource, coverage }: Pick<TableResult, 'resource' | 'coverage'>,
  columns: readonly string[],
  row: readonly string[],
  column: number,
): ObjectRef | undefined {
  const [heading = '', cell = ''] = [columns[column], row[column]]
  if (!resource || cell === '') return undefined
  const [only, ...others] = coverage?.namespaces ?? []
  const namespace = row[columns.indexOf('NAMESPACE')] ?? (others.length === 0 ? only : undefined)
  if (heading === 'NAME') {
    const { kind, group, version, namespaced } = resource
    const apiVersion = group === '' ? version : `${group}/${version}`
    return checked({ kind, apiVersion, name: cell }, namespaced, namespace)
  }
  // As events name their objects.
  const named = heading === 'OBJECT' ? kindAndName(cell) : undefined
  if (named) return checked(named, !isClusterScoped(canonicalKind(named.kind)), namespace)
  const kind = KINDS_BY_HEADING[heading]
  return kind === undefined ? undefined : checked({ kind, name: cell }, kind === 'Pod', namespace)
}

export function findingObject({ kind, name, namespace, group }: FindingObject): ObjectRef {
  return { kind, name, ...(namespace !== undefined && { namespace }), ...(group !== undefined && { group }) }
}

function checked(ref: ObjectRef, isNamespaced: boolean, namespace: string | undefined): ObjectRef | undefined {
  if (!isObjectName(ref.name) || (isNamespaced && namespace === undefined)) return undefined
  return isNamespaced ? { ...ref, namespace } : ref
}

/** Sections of a description whose rows are objects of one kind. */
const KINDS_BY_TITLE: Record<string, { kind: string; apiVersion: string }> = {
  Pods: { kind: 'Pod', apiVersion: 'v1' },
  Jobs: { kind: 'Job', apiVersion: 'batch/v1' },
}

/**
 * The object that a cell of a description's section names.
 * @param described the object of the description, in whose namespace the others are
 */
export function sectionObject(
  { title, columns = [] }: Pick<Section, 'title' | 'columns'>,
  row: readonly string[],
  column: number,
  described: ObjectRef,
): ObjectRef | undefined {
  const kind = columns[column] === 'NAME' ? KINDS_BY_TITLE[title] : undefined
  const namespace = row[columns.indexOf('NAMESPACE')] ?? described.namespace
  return kind && checked({ ...kind, name: row[column] ?? '' }, true, namespace)
}
