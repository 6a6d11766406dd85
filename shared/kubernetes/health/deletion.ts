/** Objects that are being deleted: past their grace period something holds them. */
import type { KubeObject } from '../object'
import type { Health } from './health'
import { bad, DELETE_DEADLINE, forHowLong, secondsSince, waiting } from './health'
import { listAt, numberAt, timeAt } from '../fields'

/**
 * The health of an object with a `deletionTimestamp`; undefined for any other.
 * @param deadline seconds past that time after which it is bad; by default the grace period
 */
export function deletionHealth(object: KubeObject, now: number, deadline?: number): Health | undefined {
  const since = secondsSince(timeAt(object, 'metadata', 'deletionTimestamp'), now)
  if (since === undefined) return undefined
  const grace = numberAt(object, 'metadata', 'deletionGracePeriodSeconds')
  const limit = deadline ?? (grace !== undefined && grace > 0 ? grace : DELETE_DEADLINE)
  const finalizers = finalizersOf(object)
  if (since <= limit) return waiting('Terminating')
  return bad(`Terminating${forHowLong(since)}${finalizers}`)
}

/** `, finalizers: example.com/keep`, or nothing. */
export function finalizersOf(object: KubeObject): string {
  const names = [...listAt(object, 'metadata', 'finalizers'), ...listAt(object, 'spec', 'finalizers')].filter(
    (name) => typeof name === 'string',
  )
  return names.length === 0 ? '' : `, ${names.length === 1 ? 'finalizer' : 'finalizers'}: ${names.join(', ')}`
}
