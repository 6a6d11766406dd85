/** How many pods a Deployment's rollout may add or remove at a time. */
import { at, numberAt, textAt } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'

/** As in the Deployment controller: surge rounds up, unavailable rounds down, and one of them is at least 1. */
export function rolloutLimits(deployment: KubeObject): { surge: number; unavailable: number } {
  const replicas = numberAt(deployment, 'spec', 'replicas') ?? 1
  if (textAt(deployment, 'spec', 'strategy', 'type') === 'Recreate') return { surge: 0, unavailable: replicas }
  const limit = (field: string) => at(deployment, 'spec', 'strategy', 'rollingUpdate', field) ?? '25%'
  const surge = amountOf(limit('maxSurge'), replicas, Math.ceil)
  const unavailable = amountOf(limit('maxUnavailable'), replicas, Math.floor)
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, replicas) }
}

function amountOf(limit: unknown, replicas: number, round: (value: number) => number): number {
  if (typeof limit === 'number') return limit
  const percent = typeof limit === 'string' ? Number.parseFloat(limit) : Number.NaN
  return Number.isNaN(percent) ? 0 : round((replicas * percent) / 100)
}
