/** Judges a release by the state of its newest revision. */
import { clusterWords, state } from '../../shared/kubernetes/health/state'
import type { Message } from '../../shared/messages/message'
import type { Verdict } from '../../shared/result'
import type { Revision } from './storage'

/** Helm's timeout is five minutes; a longer operation was interrupted and blocks the next one. */
const STUCK_MS = 15 * 60_000

export interface ReleaseHealth {
  verdict: Verdict
  reason?: Message
}

/**
 * @param revisions all revisions; an older one may still be the deployed one
 * @param now milliseconds since the epoch
 */
export function releaseHealth(newest: Revision, revisions: readonly Revision[], now: number): ReleaseHealth {
  const { status } = newest
  if (status === 'deployed') return { verdict: 'ok' }
  const deployed = revisions.find((each) => each.status === 'deployed' && each.revision !== newest.revision)
  const still = (own: Message) =>
    deployed ? state('state-still-deployed', { state: own, revision: deployed.revision }) : own
  if (status === 'failed')
    return { verdict: 'bad', reason: still(state('state-revision-failed', { revision: newest.revision })) }
  if (/^pending|^uninstalling$/.test(status)) {
    if (newest.modifiedAt === undefined) return { verdict: 'waiting', reason: still(clusterWords(status)) }
    const count = Math.floor((now - newest.modifiedAt) / 60_000)
    const stuck = now - newest.modifiedAt > STUCK_MS
    return { verdict: stuck ? 'bad' : 'waiting', reason: still(state('state-minutes', { state: status, count })) }
  }
  return { verdict: 'unknown', reason: clusterWords(status) }
}
