/**
 * Unaggregated discovery of meta/v1. Clients that ask for aggregated discovery fall back to it, as with servers before
 * 1.26.
 */
import { KUBERNETES_VERSION } from '../data/nodes'
import { reviews } from './access'
import { describeApi } from './openapi'
import type { Resource } from './resource'
import { resources } from './resources'

/** The groups that contain only reviews. */
const groupVersions = [...new Set([...resources, ...reviews].map(({ group, version }) => `${group}/${version}`))]
const named = groupVersions.filter((each) => !each.startsWith('/'))

/**
 * The response to a discovery path.
 * @returns undefined for any other path
 */
export function discover(path: string): object | undefined {
  switch (path) {
    case '/version':
      return version
    case '/api':
      return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
    case '/apis':
      return { kind: 'APIGroupList', apiVersion: 'v1', groups: named.map(apiGroup) }
  }
  if (path.startsWith('/openapi/')) return describeApi(path)
  if (path === '/api/v1') return resourceList('v1', '/v1')
  const groupVersion = path.replace(/^\/apis\//, '')
  if (named.includes(groupVersion)) return resourceList(groupVersion, groupVersion)
  const ofGroup = named.find((each) => each.split('/')[0] === groupVersion)
  return ofGroup ? { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(ofGroup) } : undefined
}

const [major = '', minor = ''] = KUBERNETES_VERSION.slice(1).split('.')

/** The build metadata marks it as a demo. */
const version = {
  major,
  minor,
  gitVersion: `${KUBERNETES_VERSION}+demo`,
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2025-05-15T08:19:08Z',
  goVersion: '',
  compiler: '',
  platform: 'linux/amd64',
}

function apiGroup(groupVersion: string) {
  const [name = '', version = ''] = groupVersion.split('/')
  return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } }
}

function resourceList(groupVersion: string, key: string) {
  const kinds = resources.filter((each) => `${each.group}/${each.version}` === key)
  const asked = reviews.filter((each) => `${each.group}/${each.version}` === key)
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: [
      ...kinds.flatMap(apiResources),
      ...asked.map(({ kind, plural }) => ({
        name: plural,
        singularName: kind.toLowerCase(),
        namespaced: false,
        kind,
        verbs: ['create'],
      })),
    ],
  }
}

/** A kind and its subresources, with the supported verbs. */
function apiResources(resource: Resource) {
  const { plural, singular, namespaced, kind, shortNames, categories } = resource
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs: verbsOf(resource),
      ...(shortNames.length > 0 && { shortNames }),
      ...(categories.length > 0 && { categories }),
    },
    ...resource.subresources.map((subresource) => ({
      name: `${plural}/${subresource}`,
      singularName: '',
      namespaced,
      ...subresourceKind(subresource, kind),
    })),
  ]
}

function verbsOf({ writer, remove }: Resource): string[] {
  const verbs = ['get', 'list', 'watch']
  if (writer) verbs.push('create', 'patch', 'update')
  if (remove) verbs.push('delete', 'deletecollection')
  return verbs.sort()
}

function subresourceKind(subresource: string, kind: string) {
  switch (subresource) {
    case 'scale':
      return { group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: ['get', 'patch', 'update'] }
    case 'eviction':
      return { group: 'policy', version: 'v1', kind: 'Eviction', verbs: ['create'] }
    default:
      return { kind, verbs: ['get'] }
  }
}
