/** Reads the metrics API, which a cluster may lack. */
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
  const text = 'CPU and memory are not available: metrics-server is not installed.'
  return new KubeError('metrics-missing', text, {}, error.raw ?? error.message)
}

function notAnswering(error: KubeError): KubeError {
  const text =
    'CPU and memory are not available now: the API metrics.k8s.io does not answer. Look at the pods of metrics-server.'
  return new KubeError('not-available', text, { api: 'metrics.k8s.io' }, error.raw ?? error.message)
}
