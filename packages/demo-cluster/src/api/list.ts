/** Lists: selects objects and cuts pages. */
import type { Entry, Resource } from './resource'
import { parseFieldSelector, parseLabelSelector } from './selectors'
import { badRequest } from './status'

export interface Page {
  entries: Entry[]
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number }
}

/**
 * The selected objects, sorted by namespace and name like the API server's.
 * @throws StatusError 400 for an invalid selector or a field that the kind lacks
 */
export function selectEntries(
  resource: Resource,
  entries: Entry[],
  namespace: string | undefined,
  query: URLSearchParams,
): Entry[] {
  const matchesLabels = parseLabelSelector(query.get('labelSelector') ?? '')
  const requirements = parseFieldSelector(query.get('fieldSelector') ?? '')
  for (const { label } of requirements) {
    if (!resource.fieldLabels.includes(label)) throw badRequest(`field label not supported: ${label}`)
  }
  return entries
    .filter(({ object, fields }) => {
      if (namespace !== undefined && object.metadata.namespace !== namespace) return false
      if (!matchesLabels(object.metadata.labels ?? {})) return false
      return requirements.every(({ label, value, negated }) => (fields[label] === value) !== negated)
    })
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

function keyOf({ object: { metadata } }: Entry): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}

/**
 * Cuts a page by `limit` and `continue`. The token names the last object sent.
 * @throws StatusError 400 for a foreign token
 */
export function cutPage(version: string, selected: Entry[], query: URLSearchParams): Page {
  const token = query.get('continue')
  const after = token ? readToken(token) : undefined
  const rest = after === undefined ? selected : selected.filter((entry) => keyOf(entry) > after)
  const limit = Number(query.get('limit') ?? 0)
  const entries = limit > 0 ? rest.slice(0, limit) : rest
  const last = entries.at(-1)
  if (!last || entries.length === rest.length) return { entries, metadata: { resourceVersion: version } }
  return {
    entries,
    metadata: {
      continue: Buffer.from(`demo:${keyOf(last)}`).toString('base64url'),
      remainingItemCount: rest.length - entries.length,
      resourceVersion: version,
    },
  }
}

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString()
  if (!text.startsWith('demo:')) throw badRequest('continue key is not valid')
  return text.slice('demo:'.length)
}
