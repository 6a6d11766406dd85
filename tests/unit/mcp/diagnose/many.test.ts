/** A large cluster: what grows faster than its objects shows here. */
import { describe, expect, it } from 'vitest'
import { findingOf, MOST_FINDINGS } from '../../../../mcp/diagnose/findings'
import { runChecks } from '../../../../mcp/diagnose/run-checks'
import { BASE_KINDS } from '../../../../mcp/diagnose/world/kinds'
import { slim } from '../../../../mcp/diagnose/world/slim'
import { World } from '../../../../mcp/diagnose/world/world'
import type { KubeObject } from '../../../../mcp/kubernetes/types'

const PODS = 10_000
const EVERY = 10

function pod(at: number): KubeObject {
  const isCrashing = at % EVERY === 0
  const namespace = `team-${at % 40}`
  const last = { terminated: { exitCode: 1, reason: 'Error', finishedAt: new Date().toISOString() } }
  return slim({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `service-${at}`, namespace, labels: { app: `service-${at}` }, managedFields: [{ manager: 'x' }] },
    spec: {
      nodeName: `node-${at % 100}`,
      containers: [{ name: 'app', image: `app:${at}`, env: [{ name: 'DB_URL', value: 'postgres://db:5432' }] }],
    },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: isCrashing ? 'False' : 'True' }],
      containerStatuses: [
        isCrashing
          ? {
              name: 'app',
              ready: false,
              restartCount: 5,
              state: { waiting: { reason: 'CrashLoopBackOff' } },
              lastState: last,
            }
          : { name: 'app', ready: true, restartCount: 0, state: { running: {} } },
      ],
    },
  })
}

function claim(at: number): KubeObject {
  const metadata = { name: `data-${at}`, namespace: `team-${at % 40}` }
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata,
    spec: { storageClassName: 'gone' },
    status: { phase: 'Pending' },
  }
}

function service(at: number): KubeObject {
  const metadata = { name: `service-${at}`, namespace: `team-${at % 40}` }
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: { app: `service-${at}` }, ports: [{ port: 80 }] },
  }
}

const list = (count: number, make: (at: number) => KubeObject) => Array.from({ length: count }, (_, at) => make(at))

describe('a diagnosis of 10,000 pods with 1,000 causes', () => {
  const objects = new Map<string, KubeObject[]>(BASE_KINDS.map((kind) => [kind, []]))
  objects
    .set('Pod', list(PODS, pod))
    .set('Service', list(1000, service))
    .set('PersistentVolumeClaim', list(1000, claim))
  const world = new World({ now: Date.now(), objects, events: [] })

  it('is bounded in time and output, and counts all causes', () => {
    const startedAt = performance.now()
    const { causes } = runChecks(world)
    // A quadratic check takes a minute; a busy machine some seconds.
    expect(performance.now() - startedAt).toBeLessThan(15_000)
    expect(causes.length).toBeGreaterThanOrEqual(PODS / EVERY + 1000)
    const shown = causes.slice(0, MOST_FINDINGS).map(findingOf)
    expect(JSON.stringify(shown).length).toBeLessThan(60_000)
  })

  it('keeps of a healthy pod only what the checks compare', () => {
    expect(JSON.stringify(pod(1)).length).toBeLessThan(500)
    expect(pod(1).metadata.managedFields).toBeUndefined()
  })
})
