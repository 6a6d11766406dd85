/** Reads the histories that the cluster keeps: one round of parallel lists, then the Helm revisions of the time range. */
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import type { ClusterEvent } from '../../../shared/kubernetes/events'
import { keyOf } from '../../diagnose/ref'
import type { Target } from '../../diagnose/target'
import type { KindId } from '../../diagnose/types'
import { readWorld } from '../../diagnose/world/read-world'
import { readPayloads } from '../../helm/release-table'
import type { Release } from '../../helm/release'
import type { Revision } from '../../helm/storage'
import { KubeError } from '../../kubernetes/errors/errors'
import { listEvents } from '../../kubernetes/read/events'
import type { Cluster, KubeObject } from '../../kubernetes/types'
import { changedAt } from './release-time'
import { Digests } from './digests'
import type { History, ReadRelease } from './history'
import { writtenSince } from './written'
import type { Written } from './written'

/** Kinds with a history or an effect on workloads that no check of a diagnosis reads. */
const ALSO: readonly KindId[] = [
  ...['apps/ControllerRevision', 'ResourceQuota', 'LimitRange'],
  ...['rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/RoleBinding', 'scheduling.k8s.io/PriorityClass'],
]

/** Objects whose writes are kept; the rest is counted. */
const MOST_WRITTEN = 3_000

/** Helm payloads that are decoded, each up to a megabyte. */
const MOST_PAYLOADS = 24

interface ReadHistory {
  history: History
  notes: ResultNote[]
  namespaces: string[] | undefined
}

/** @throws KubeError as readWorld */
export async function readHistory(
  cluster: Cluster,
  target: Target,
  { signal, now, since }: { signal: AbortSignal; now: number; since: number },
): Promise<ReadHistory> {
  const written = new Map<string, Written>()
  const digests = new Digests()
  let left = 0
  const observe = (object: KubeObject): void => {
    digests.add(object)
    const found = writtenSince(object, since)
    if (!found) return
    if (written.size < MOST_WRITTEN) written.set(keyOf(found.ref), found)
    else left++
  }
  const scope = { namespace: target.namespace, node: target.node }
  const [{ world, notes, namespaces }, events] = await Promise.all([
    readWorld(cluster, scope, { signal, now, also: ALSO, observe }),
    readEvents(cluster, target.namespace, signal),
  ])
  const releases = await readReleases(cluster, world.releases ?? [], { since, signal, now })
  const cut = left > 0 ? [msg('changes-objects-left', { n: left, most: MOST_WRITTEN })] : []
  return {
    history: {
      ...{ since, world, written, events: events.events },
      ...{ releases: releases.releases, digests: digests.moved() },
    },
    notes: [...notes, ...events.notes, ...releases.notes, ...cut],
    namespaces,
  }
}

async function readEvents(
  cluster: Cluster,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<{ events: ClusterEvent[]; notes: ResultNote[] }> {
  try {
    const { events, coverage } = await listEvents(cluster, { namespace, signal })
    return { events, notes: coverage.complete ? [] : coverage.notes }
  } catch (error) {
    if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
    // A namespace without events may also not exist; the world reports that.
    return { events: [], notes: error.code === 'missing-namespace' ? [] : [unread('events', error)] }
  }
}

function unread(kinds: string, error: KubeError): ResultNote {
  return msg('diagnose-unread', { kinds, reason: error.detail })
}

/** The revisions of the time range with those before them, newest first. */
async function readReleases(
  cluster: Cluster,
  revisions: readonly Revision[],
  { since, signal, now }: { since: number; signal: AbortSignal; now: number },
): Promise<{ releases: ReadRelease[]; notes: ResultNote[] }> {
  const ordered = [...revisions].sort((one, other) => other.revision - one.revision)
  const recent = ordered
    .filter((revision) => (changedAt({ revision, release: undefined }) ?? 0) >= since)
    .sort((one, other) => (other.modifiedAt ?? 0) - (one.modifiedAt ?? 0))
  const beforeOf = (revision: Revision) =>
    ordered.find(
      (each) =>
        each.namespace === revision.namespace && each.release === revision.release && each.revision < revision.revision,
    )
  const wanted = [...new Set(recent.flatMap((each) => [each, beforeOf(each) ?? []].flat()))].slice(0, MOST_PAYLOADS)
  const { payloads, notes } = await readPayloads(wanted, { cluster, signal, now: () => now })
  const payloadOf = (revision: Revision | undefined): Release | undefined =>
    revision && payloads[wanted.indexOf(revision)]
  return {
    releases: recent.map((revision) => ({
      revision,
      release: payloadOf(revision),
      before: payloadOf(beforeOf(revision)),
    })),
    notes,
  }
}
