/** Reads the current state of the release to change. */
import { both, msg } from '../../../shared/messages/create'
import { KubeError } from '../../kubernetes/errors/errors'
import type { WriteContext } from '../../changes/types'
import { findRelease } from '../find-release'
import type { Release } from '../release'
import { listRevisions, readRevision } from '../storage'
import type { Revision } from '../storage'
import type { HelmArguments } from './arguments'

export interface ReleaseState {
  name: string
  namespace: string
  /** Newest first; empty before an install. */
  revisions: readonly Revision[]
  newest: Revision | undefined
}

/** Helm limits an operation to five minutes; a longer one was interrupted. */
const STUCK_MINUTES = 15

/** @throws KubeError as findRelease; `conflict` while another operation is running */
export async function existingRelease(
  args: HelmArguments,
  context: WriteContext,
  mayBePending = false,
): Promise<ReleaseState & { newest: Revision }> {
  const { name, namespace } = args
  const { revisions } = await findRelease({ name, ...(namespace !== undefined && { namespace }) }, context)
  const [newest] = revisions
  if (newest.status.startsWith('pending') && !mayBePending) throw pending(newest, revisions, context.now())
  return { name, namespace: newest.namespace, revisions, newest }
}

function pending(newest: Revision, revisions: readonly Revision[], now: number): KubeError {
  const { release: name, namespace, revision, status, modifiedAt } = newest
  const minutes = modifiedAt === undefined ? undefined : Math.floor((now - modifiedAt) / 60_000)
  const deployed = revisions.find((each) => each.status === 'deployed')
  const cure =
    minutes !== undefined && minutes < STUCK_MINUTES
      ? msg('helm-wait')
      : deployed
        ? msg('helm-interrupted-roll-back', { revision: deployed.revision })
        : msg('helm-interrupted-reinstall')
  const params = { name, namespace, revision, status }
  const detail = minutes === undefined ? msg('helm-pending', params) : msg('helm-pending-for', { ...params, minutes })
  return new KubeError('conflict', both(detail, cure), { name, namespace, revision, status })
}

/** @throws KubeError `conflict` if the release exists; `missing-namespace` */
export async function noRelease(args: HelmArguments, { cluster, signal }: WriteContext): Promise<ReleaseState> {
  const { name } = args
  const namespace = args.namespace ?? cluster.defaultNamespace ?? 'default'
  const { revisions } = await listRevisions(cluster, { namespace, release: name, signal })
  const newest = [...revisions].sort((a, b) => b.revision - a.revision)[0]
  if (!newest) return { name, namespace, revisions: [], newest: undefined }
  const { status, revision } = newest
  const cure = status === 'uninstalled' ? msg('helm-history-kept') : msg('helm-use-upgrade')
  const detail = msg('helm-exists', { name, namespace, revision, status })
  throw new KubeError('conflict', both(detail, cure), { name, namespace, revision, status })
}

/** @throws KubeError as readRevision */
export async function releaseOf(state: { newest: Revision }, { cluster, signal }: WriteContext): Promise<Release> {
  return await readRevision(cluster, state.newest, signal)
}

/**
 * The revision to roll back to.
 * @throws KubeError `not-found` listing the available revisions
 */
export function rollbackTarget({ name, namespace, revisions, newest }: ReleaseState, wanted?: number): Revision {
  const older = revisions.filter((each) => each !== newest)
  const found =
    wanted === undefined
      ? older.find((each) => each.status === 'superseded' || each.status === 'deployed')
      : revisions.find((each) => each.revision === wanted)
  if (found) return found
  const kept = revisions.map((each) => each.revision).join(', ')
  const detail =
    wanted === undefined
      ? msg('helm-no-earlier', { name, namespace, kept })
      : msg('helm-no-revision', { name, namespace, wanted, kept })
  throw new KubeError('not-found', detail, { kind: 'HelmRevision', name, near: kept })
}
