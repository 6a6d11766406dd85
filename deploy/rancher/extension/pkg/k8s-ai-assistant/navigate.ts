/** Opens pages of Rancher and of our own. */
import type { FrameMessage } from '../../../../../shared/embed'
import { NO_CLUSTER, ROUTES } from './names'
import { currentCluster, rancher } from './rancher'

/** Rancher's page of an object that the user clicked in the frame. The message is parsed: each part has the form of a Kubernetes name, and only parameters of a fixed route come of it. */
export function openResource({ cluster = currentCluster(), resource }: FrameMessage & { type: 'navigate' }): void {
  if (!cluster) return
  const { apiVersion, kind, namespace, name } = resource
  const group = apiVersion.includes('/') ? `${apiVersion.split('/')[0]}.` : ''
  const params = { cluster, product: 'explorer', resource: `${group}${kind.toLowerCase()}`, id: name }
  rancher().$router.push(
    namespace
      ? { name: 'c-cluster-product-resource-namespace-id', params: { ...params, namespace } }
      : { name: 'c-cluster-product-resource-id', params },
  )
}

/** Our page, for the current cluster if there is one. */
export function openPage({ conversation }: { conversation?: string } = {}): void {
  const cluster = currentCluster()
  const name = cluster ? ROUTES.cluster : ROUTES.product
  rancher().$router.push({ name, params: { cluster: cluster ?? NO_CLUSTER }, query: { conversation } })
}
