/** A node that runs only pods assigned by name. */
import { setTimeout as delay } from 'node:timers/promises'
import { listAt, textAt } from '../../../../shared/kubernetes/fields'
import type { KubeApi } from '../../../support/kube/kube-api'
import { readObject } from '../identity/operations'

const READY_MS = 20_000

/** @returns false if this cluster does not accept it: clusters with simulated nodes do */
export async function createNode(api: KubeApi, name: string, namespace: string): Promise<boolean> {
  const taints = [{ key: 'example.com/soak', effect: 'NoSchedule' }]
  await api.send('POST', '/api/v1/nodes', { metadata: { name, labels: { soak: 'changes' } }, spec: { taints } })
  for (const end = Date.now() + READY_MS; !isReady(await readObject(api, `/api/v1/nodes/${name}`)); await delay(100))
    if (Date.now() > end) return false
  for (const pod of ['one', 'two'])
    await api.send('POST', `/api/v1/namespaces/${namespace}/pods`, {
      metadata: { name: `on-${name}-${pod}` },
      spec: {
        nodeName: name,
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'web', image: 'busybox:1.36', command: ['sleep', '3600'] }],
      },
    })
  return true
}

function isReady(node: unknown): boolean {
  const conditions = listAt(node, 'status', 'conditions')
  return conditions.some((each) => textAt(each, 'type') === 'Ready' && textAt(each, 'status') === 'True')
}
