/** Another writer that updates an object's status and an annotation, each twice a second. */
import { setTimeout as delay } from 'node:timers/promises'
import type { KubeApi } from '../../../support/kube/kube-api'
import type { Target } from './objects'

const EVERY_MS = 500

export interface Touching {
  /** So far. */
  writes: () => number
  stop: () => Promise<void>
}

export function touch(api: KubeApi, target: Target): Touching {
  const stopped = new AbortController()
  let writes = 0
  const write = async (path: string, body: object) => {
    await api.send('PATCH', path, body)
    writes++
  }
  const condition = () => ({
    type: 'example.com/Busy',
    status: 'True',
    reason: 'Busy',
    message: `${writes}`,
    lastTransitionTime: new Date().toISOString().replace(/\.\d+/, ''),
  })
  const annotate = () => write(target.path, { metadata: { annotations: { 'example.com/at': String(writes) } } })
  const report = () => write(`${target.path}/status`, { status: { conditions: [condition()] } })
  const every = async (task: () => Promise<void>) => {
    while (!stopped.signal.aborted) {
      const from = performance.now()
      await task()
      await delay(Math.max(0, EVERY_MS - (performance.now() - from)), undefined, { signal: stopped.signal }).catch(
        () => undefined,
      )
    }
  }
  const going = Promise.all([every(annotate), every(report)])
  return {
    writes: () => writes,
    stop: async () => {
      stopped.abort()
      await going
    },
  }
}
