/** Finds a release by name, in one namespace or in all. */
import type { Message } from '../../shared/messages/message'
import { both, msg } from '../../shared/messages/create'
import type { Coverage } from '../../shared/result'
import { KubeError } from '../kubernetes/errors/errors'
import { nearest } from '../kubernetes/discovery/near'
import type { Cluster } from '../kubernetes/types'
import type { ToolArguments, ToolContext } from '../tools/tool'
import { listRevisions, newestRevisions } from './storage'
import type { Revision } from './storage'
import { isReleaseName } from '../../shared/kubernetes/names'

const MAX_NAMED = 10

/**
 * All revisions of the release, newest first.
 * @throws KubeError `not-found` listing existing releases; `invalid-arguments` without a name, or if several namespaces
 * have a release of that name
 */
export async function findRelease(
  args: ToolArguments,
  { cluster, signal }: ToolContext,
): Promise<{ revisions: [Revision, ...Revision[]]; coverage: Coverage }> {
  const { name, namespace } = target(args)
  if (name === undefined) throw new KubeError('invalid-arguments', msg('release-name-needed'), { missing: 'name' })
  if (!isReleaseName(name)) throw await notFound(cluster, name, namespace, signal)
  const { revisions, coverage } = await listRevisions(cluster, { namespace, release: name, signal })
  const namespaces = [...new Set(revisions.map((each) => each.namespace))].sort()
  const context = cluster.defaultNamespace ?? 'default'
  const chosen = namespaces.includes(context) ? context : namespaces[0]
  const own = revisions.filter((each) => each.namespace === chosen)
  const [newest, ...others] = own.sort((a, b) => b.revision - a.revision)
  if (!newest) throw await notFound(cluster, name, namespace, signal)
  if (namespaces.length > 1 && chosen !== context) {
    const list = namespaces.join(', ')
    const detail = msg('release-in-namespaces', { count: namespaces.length, name, namespaces: list })
    throw new KubeError('invalid-arguments', detail, { name, namespaces: list })
  }
  return { revisions: [newest, ...others], coverage }
}

/** Accepts `namespace/name`, which readArguments() parses as kind and name. */
function target({ name, namespace, resource = 'release' }: ToolArguments): { name?: string; namespace?: string } {
  const where = namespace ?? (/^(?:helm)?-?(?:releases?)?$/i.test(resource) ? undefined : resource)
  return { ...(name !== undefined && { name }), ...(where !== undefined && { namespace: where }) }
}

async function notFound(
  cluster: Cluster,
  name: string,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<KubeError> {
  const { revisions, coverage } = await listRevisions(cluster, { namespace, signal })
  const all = newestRevisions(revisions)
  const near = nearest(name, [...new Set(all.map((each) => each.release))])
  const there = [...all]
    .sort((one, other) => Number(near.includes(other.release)) - Number(near.includes(one.release)))
    .map((each) => (namespace === undefined ? `${each.namespace}/${each.release}` : each.release))
  const shown = there.slice(0, MAX_NAMED).join(', ')
  const hidden = there.length - MAX_NAMED
  const names = hidden > 0 ? msg('and-count-more', { names: shown, count: hidden }) : shown
  const where = namespace === undefined ? placesOf(coverage) : msg('where-namespace', { namespace })
  const rest = there.length === 0 ? msg('release-none-there') : msg('releases-there', { names })
  return new KubeError('not-found', both(msg('release-missing', { name, where }), rest), {
    kind: 'HelmRelease',
    name,
    ...(namespace === undefined ? {} : { namespace }),
    near: near.join(', '),
  })
}

/** Distinguishes "does not exist" from "not readable". */
function placesOf({ complete, namespaces = [] }: Coverage): Message {
  if (complete) return msg('where-cluster')
  return namespaces.length === 0
    ? msg('where-readable')
    : msg('where-only', { namespaces: namespaces.slice(0, MAX_NAMED).join(', ') })
}
