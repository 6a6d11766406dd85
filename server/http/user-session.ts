/** The part of a session that only logged-in users receive, the same for all of them. */
import type { Session } from '#shared/session'
import type { Assistant } from '../core/assistant'

export function userSession({
  policy,
  rights,
  productionClusters,
}: Pick<Assistant, 'policy' | 'rights' | 'productionClusters'>): Pick<
  Session,
  'accessMode' | 'rights' | 'productionClusters'
> {
  return {
    accessMode: policy.mode,
    rights,
    ...(productionClusters.length > 0 && { productionClusters: [...productionClusters] }),
  }
}
