/** The object of a table's row, for the host's own page. */
import { parseResource } from '#shared/embed/protocol'
import type { ResourceReference } from '#shared/embed/protocol'
import type { TableResult } from '#shared/result'

/**
 * @param columns of the row, which may have more than the result's
 * @returns undefined if the result does not tell kind or namespace
 */
export function rowReference(
  { resource, coverage }: Pick<TableResult, 'resource' | 'coverage'>,
  columns: readonly string[],
  row: readonly string[],
): ResourceReference | undefined {
  if (!resource) return undefined
  const { kind, group, version, namespaced } = resource
  const [only, ...others] = coverage?.namespaces ?? []
  const namespace = row[columns.indexOf('NAMESPACE')] ?? (others.length === 0 ? only : undefined)
  if (namespaced && namespace === undefined) return undefined
  return parseResource({
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    ...(namespaced && { namespace }),
    name: row[columns.indexOf('NAME')],
  })
}
