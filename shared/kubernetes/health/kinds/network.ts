/** Services. */
import type { KubeObject } from '../../object'
import { deletionHealth } from '../deletion'
import type { Health, HealthContext } from '../health'
import { ageOf, byDeadline, forHowLong, ok, READY_DEADLINE } from '../health'
import { at, isRecord, listAt, textAt } from '../../fields'
import { keyOf } from '../related'
import { state } from '../state'

export function serviceHealth(object: KubeObject, { now, related }: HealthContext): Health {
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  const type = textAt(object, 'spec', 'type') ?? 'ClusterIP'
  if (type === 'ExternalName') return ok()
  const age = ageOf(object, now)
  const hasAddress = listAt(object, 'status', 'loadBalancer', 'ingress').length > 0
  if (type === 'LoadBalancer' && !hasAddress && listAt(object, 'spec', 'externalIPs').length === 0)
    return byDeadline(age, READY_DEADLINE, forHowLong(state('state-no-address'), age))

  const selector = at(object, 'spec', 'selector')
  if (!isRecord(selector) || Object.keys(selector).length === 0 || !related?.endpoints) return ok()
  const { ready, notReady } = related.endpoints.get(keyOf(object)) ?? { ready: 0, notReady: 0 }
  if (ready > 0) return ok()
  if (notReady > 0) return byDeadline(age, READY_DEADLINE, state('state-endpoints-not-ready', { count: notReady }))
  const labels = Object.entries(selector).map(([key, value]) => `${key}=${String(value)}`)
  return byDeadline(age, READY_DEADLINE, state('state-no-endpoints', { selector: labels.join(',') }))
}
