/** Notes of a list: which of several API groups was read, and why a selector matches nothing. */
import { both, msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { KubeError } from '../../kubernetes/errors/errors'
import { listTable } from '../../kubernetes/list/list'
import type { ListRequest } from '../../kubernetes/list/scope'
import { apiVersionOf } from '../../../shared/kubernetes/api'
import type { ApiResource, Cluster } from '../../kubernetes/types'

/** Kinds that two API groups serve for the same objects. */
const SAME_OBJECTS = new Set(['Event'])

/** Reports the group that was used if several have the kind. */
export function groupNote(resource: ApiResource, alsoIn: readonly ApiResource[]): ResultNote[] {
  const others = alsoIn.filter(({ kind, verbs }) => kind === resource.kind && verbs.includes('list'))
  if (others.length === 0 || SAME_OBJECTS.has(resource.kind)) return []
  const params = { kind: resource.kind, used: apiVersionOf(resource), others: others.map(apiVersionOf).join(', ') }
  return [msg('several-groups', { ...params, plural: resource.plural })]
}

/** The count without the selector, and the values of its keys. */
export async function selectorNote(cluster: Cluster, request: ListRequest): Promise<ResultNote[]> {
  const { labelSelector, fieldSelector, resource, namespace, signal } = request
  const selector = [labelSelector, fieldSelector].filter(Boolean).join(', ')
  try {
    const { rows, coverage } = await listTable(cluster, { resource, namespace, signal, objects: 'metadata' })
    const keys = [...(labelSelector ?? '').matchAll(/(?:^|,)\s*!?\s*([A-Za-z0-9./_-]+)/g)].map(([, key = '']) => key)
    const inUse = keys.flatMap((key) => {
      const values = new Set(rows.flatMap(({ object }) => object.metadata.labels?.[key] ?? []))
      return [...values].slice(0, 8).map((value) => `${key}=${value}`)
    })
    const total = coverage.total ?? rows.length
    const params = { selector, total, plural: resource.plural }
    const nothing =
      namespace === undefined
        ? msg('selector-matches-nothing', params)
        : msg('selector-matches-nothing-in', { ...params, namespace })
    if (inUse.length > 0) return [both(nothing, msg('labels-in-use', { labels: inUse.join(', ') }))]
    return [keys.length > 0 ? both(nothing, msg('label-not-in-use', { keys: keys.join(', ') })) : nothing]
  } catch (error) {
    if (error instanceof KubeError && !error.concernsEveryCall) return []
    throw error
  }
}
