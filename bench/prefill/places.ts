/** Finds what the tasks ask about in any cluster for tests, and makes what they change. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { KubeApi } from '../../tests/support/kube/kube-api'
import type { Places } from './tasks'

const metadata = z.looseObject({ name: z.string(), namespace: z.string() })
const waiting = z.looseObject({ waiting: z.looseObject({ reason: z.string().optional() }).optional() })
const podsSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      metadata,
      status: z.looseObject({ containerStatuses: z.array(z.looseObject({ state: waiting.optional() })).optional() }),
    }),
  ),
})
const namesSchema = z.looseObject({ items: z.array(z.looseObject({ metadata })) })

const DEPLOYMENT = 'web'

export interface OpenPlaces {
  places: Places
  remove: () => Promise<void>
}

/** @returns why there are no places, if the cluster has no crashing pod beside a deployment */
export async function openPlaces(api: KubeApi): Promise<OpenPlaces | string> {
  const { items } = podsSchema.parse(await api.send('GET', '/api/v1/pods'))
  for (const { metadata: pod, status } of items) {
    const isCrashing = status.containerStatuses?.some(({ state }) => state?.waiting?.reason === 'CrashLoopBackOff')
    if (!isCrashing) continue
    const { namespace } = pod
    const deployments = namesSchema.parse(await api.send('GET', `/apis/apps/v1/namespaces/${namespace}/deployments`))
    const deployment = deployments.items.at(-1)?.metadata.name
    if (deployment === undefined) continue
    const scratch = { namespace: `prefill-${randomUUID().slice(0, 8)}`, deployment: DEPLOYMENT }
    await api.send('POST', '/api/v1/namespaces', { metadata: { name: scratch.namespace } })
    const remove = async () => void (await api.send('DELETE', `/api/v1/namespaces/${scratch.namespace}`))
    try {
      await api.send('POST', `/apis/apps/v1/namespaces/${scratch.namespace}/deployments`, SCALED)
    } catch (error) {
      await remove()
      throw error
    }
    // The deployment's pods would change the first answers.
    await delay(SETTLE_MS)
    return { places: { pod: pod.name, namespace, deployment, scratch }, remove }
  }
  return 'no pod crashes beside a deployment'
}

const SETTLE_MS = 2000

const labels = { app: DEPLOYMENT }
const SCALED = {
  metadata: { name: DEPLOYMENT },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: { containers: [{ name: 'web', image: 'registry.example.com/shop/web:1.4.0' }] },
    },
  },
}
