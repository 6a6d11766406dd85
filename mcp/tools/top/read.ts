/** Reads the metrics API, which a cluster may lack. */
import { msg } from '../../../shared/messages/create'
import { KubeError } from '../../kubernetes/errors/errors'
import { listObjects, type ObjectList } from '../../kubernetes/list/list'
import type { ListRequest } from '../../kubernetes/list/scope'
import type { ApiResource } from '../../kubernetes/types'
import type { ToolContext } from '../tool'

type Scope = Omit<ListRequest, 'resource' | 'signal'>

/** @throws KubeError `metrics-missing` if the cluster has no metrics API, `not-available` if it does not respond */
export async function listMetrics(
  kind: 'PodMetrics' | 'NodeMetrics',
  scope: Scope,
  context: ToolContext,
): Promise<ObjectList> {
  const { cluster, signal } = context
  const resource = await metricsResource(kind, context)
  try {
    return await listObjects(cluster, { resource, ...scope, signal })
  } catch (error) {
    // 503: the aggregated API's server is down. 404: it was removed since discovery.
    if (error instanceof KubeError && error.code === 'server-error') throw notAnswering(error)
    if (error instanceof KubeError && error.code === 'not-found') throw missing(error)
    throw error
  }
}

async function metricsResource(kind: string, { cluster, signal }: ToolContext): Promise<ApiResource> {
  try {
    return (await cluster.discovery.find(`metrics.k8s.io/${kind}`, signal)).resource
  } catch (error) {
    if (!(error instanceof KubeError) || error.code !== 'unknown-kind') throw error
    const down = await cluster.discovery.unreachable(signal)
    throw down.some((each) => each.startsWith('metrics.k8s.io/')) ? notAnswering(error) : missing(error)
  }
}

function missing(error: KubeError): KubeError {
  return new KubeError('metrics-missing', msg('metrics-server-missing'), {}, error.raw ?? error.message)
}

function notAnswering(error: KubeError): KubeError {
  return new KubeError(
    'not-available',
    msg('metrics-api-silent'),
    { api: 'metrics.k8s.io' },
    error.raw ?? error.message,
  )
}
