/** A read-only API server with given objects: discovery, lists, single objects, and refusals by path. */
import { startApi, status } from './api-server'
import type { ApiAnswer, TestApi } from './api-server'

export interface FakeKind {
  group: string
  version?: string
  kind: string
  plural: string
  namespaced?: boolean
  items?: FakeObject[]
  /** Further items, reported as `remainingItemCount`. */
  remaining?: number
  /** 403 for the whole kind. */
  forbidden?: boolean
  /** Never responds. */
  hangs?: boolean
}

export interface FakeObject {
  metadata: { name: string; namespace?: string; [field: string]: unknown }
  [field: string]: unknown
}

export function startFakeObjects(kinds: FakeKind[]): Promise<TestApi> {
  return startApi(({ path, query }): ApiAnswer | undefined | Promise<undefined> => {
    if (path === '/api') return { body: discovery(kinds.filter(({ group }) => group === '')) }
    if (path === '/apis') return { body: discovery(kinds.filter(({ group }) => group !== '')) }
    for (const each of kinds) {
      const { group, version = 'v1', kind, plural, items = [], forbidden, hangs, remaining } = each
      const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
      const match = new RegExp(`^${root}(?:/namespaces/([^/]+))?/${plural}(?:/([^/]+))?$`).exec(path)
      if (!match) continue
      if (hangs) return new Promise<undefined>(() => undefined)
      const [, namespace, name] = match
      if (forbidden) {
        const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`
        const cannot = `User "dev" cannot list resource "${plural}" in API group "${group}" ${where}`
        return status(403, 'Forbidden', `${plural} is forbidden: ${cannot}`)
      }
      const inside = items.filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
      if (name !== undefined) {
        const found = inside.find(({ metadata }) => metadata.name === name)
        const apiVersion = group === '' ? version : `${group}/${version}`
        return found && { body: { apiVersion, kind, ...found } }
      }
      const wanted = query.get('fieldSelector')?.replace('metadata.name=', '')
      const listed = inside.filter(({ metadata }) => wanted === undefined || metadata.name === wanted)
      const limit = Number(query.get('limit') ?? 1000)
      const left = listed.length - limit + (remaining ?? 0)
      const metadata = left > 0 ? { continue: 'next', remainingItemCount: left } : {}
      return { body: { kind: `${kind}List`, metadata, items: listed.slice(0, limit) } }
    }
    return undefined
  })
}

const VERBS = ['create', 'delete', 'get', 'list', 'patch', 'update']

function discovery(kinds: FakeKind[]): unknown {
  const groups = new Map<string, FakeKind[]>()
  for (const each of kinds) groups.set(each.group, [...(groups.get(each.group) ?? []), each])
  return {
    kind: 'APIGroupDiscoveryList',
    items: [...groups].map(([name, members]) => ({
      metadata: { name },
      versions: [...new Set(members.map(({ version = 'v1' }) => version))].map((version) => ({
        version,
        freshness: 'Current',
        resources: members
          .filter((member) => (member.version ?? 'v1') === version)
          .map(({ kind, plural, namespaced = true }) => ({
            resource: plural,
            responseKind: { kind },
            scope: namespaced ? 'Namespaced' : 'Cluster',
            singularResource: kind.toLowerCase(),
            verbs: VERBS,
          })),
      })),
    })),
  }
}
