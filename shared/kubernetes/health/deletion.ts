/** Objects being deleted: after their grace period something blocks the deletion. */
import type { KubeObject } from '../object'
import type { Health, Words } from './health'
import { state } from './state'
import { bad, DELETE_DEADLINE, forHowLong, secondsSince, waiting } from './health'
import { listAt, numberAt, timeAt } from '../fields'

/**
 * Health of an object with a `deletionTimestamp`; undefined for others.
 * @param deadline seconds after that time until it is bad; defaults to the grace period
 */
export function deletionHealth(object: KubeObject, now: number, deadline?: number): Health | undefined {
  const since = secondsSince(timeAt(object, 'metadata', 'deletionTimestamp'), now)
  if (since === undefined) return undefined
  const grace = numberAt(object, 'metadata', 'deletionGracePeriodSeconds')
  const limit = deadline ?? (grace !== undefined && grace > 0 ? grace : DELETE_DEADLINE)
  if (since <= limit) return waiting('Terminating')
  return bad(withFinalizers(forHowLong('Terminating', since), object))
}

/** `Terminating for 25m, finalizer: example.com/keep`; unchanged without finalizers. */
export function withFinalizers(what: Words, object: KubeObject): Words {
  const names = [...listAt(object, 'metadata', 'finalizers'), ...listAt(object, 'spec', 'finalizers')].filter(
    (name) => typeof name === 'string',
  )
  return names.length === 0
    ? what
    : state('state-finalizers', { state: what, n: names.length, names: names.join(', ') })
}
