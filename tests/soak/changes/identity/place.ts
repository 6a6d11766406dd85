/** The objects of one run, in one cluster. */
import { setTimeout as delay } from 'node:timers/promises'
import type { KubeApi } from '../../../support/kube/kube-api'
import { readObject } from './operations'
import type { ChangeOperation, Place } from './operations'

const POLL_MS = 100
const GONE_MS = 90_000

export async function createPlace(
  api: KubeApi,
  operation: ChangeOperation,
  place: Place,
  ownNamespace: boolean,
): Promise<void> {
  if (ownNamespace) await api.send('POST', '/api/v1/namespaces', { metadata: { name: place.namespace } })
  for (const { collection, object } of operation.objects(place)) await api.send('POST', collection, object)
}

/** Resolves once it is gone. */
export async function removeNamespace(api: KubeApi, namespace: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}`
  if ((await readObject(api, path)) === undefined) return
  await api.send('DELETE', path)
  for (const end = Date.now() + GONE_MS; (await readObject(api, path)) !== undefined;) {
    if (Date.now() > end) throw new Error(`the namespace ${namespace} is still there`)
    await delay(POLL_MS)
  }
}
