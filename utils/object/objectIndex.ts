/** The objects that the results of a conversation contain, by name. */
import { canonicalKind } from '#shared/kubernetes/kinds'
import type { ResultPart, TableResult } from '#shared/result'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { cellObject, findingObject, objectKey, type ObjectRef } from './objectRef'

export interface ObjectIndex {
  byName: ReadonlyMap<string, readonly ObjectRef[]>
  byKey: ReadonlyMap<string, ObjectRef>
}

/** Of several objects with one name, the one that a text most likely means. */
const LIKELY = ['deployment', 'statefulset', 'daemonset', 'pod', 'cronjob', 'job', 'service', 'node']
/** Columns that are indexed; others repeat them. */
const COLUMNS = new Set(['NAME', 'OBJECT', 'POD', 'NODE', 'NAMESPACE'])

export function indexObjects(messages: readonly AppUIMessage[]): ObjectIndex {
  const byKey = new Map<string, ObjectRef>()
  for (const { parts } of messages)
    for (const part of parts)
      if (part.type === 'data-result') for (const ref of objectsIn(part.data.result)) byKey.set(objectKey(ref), ref)
  const byName = new Map<string, ObjectRef[]>()
  for (const ref of byKey.values()) {
    const same = byName.get(ref.name)
    if (same) same.push(ref)
    else byName.set(ref.name, [ref])
  }
  return { byName, byKey }
}

/** @param kind as a text names it before the name; undefined if it does not */
export function objectNamed({ byName }: ObjectIndex, name: string, kind?: string): ObjectRef | undefined {
  const found = byName.get(name) ?? []
  if (kind !== undefined) return found.find((ref) => canonicalKind(ref.kind) === canonicalKind(kind))
  const rank = (ref: ObjectRef): number => {
    const place = LIKELY.indexOf(canonicalKind(ref.kind))
    return place < 0 ? LIKELY.length : place
  }
  return [...found].sort((one, other) => rank(one) - rank(other))[0]
}

function objectsIn(result: ResultPart): ObjectRef[] {
  switch (result.kind) {
    case 'table':
      return rowObjects(result)
    case 'object':
      return [result.object]
    case 'log':
      return result.pod === undefined
        ? []
        : [{ kind: 'Pod', apiVersion: 'v1', name: result.pod, namespace: result.namespace }]
    case 'findings':
      return result.findings.flatMap(({ object, chain }) =>
        [object, ...chain.map((each) => each.object)].map(findingObject),
      )
    case 'changes':
      return result.changes.map(({ object }) => findingObject(object))
    default:
      return []
  }
}

function rowObjects(result: TableResult): ObjectRef[] {
  const { columns } = result
  const named = columns.flatMap((heading, column) => (COLUMNS.has(heading) ? [column] : []))
  return result.rows.flatMap((row) => named.flatMap((column) => cellObject(result, columns, row, column) ?? []))
}
