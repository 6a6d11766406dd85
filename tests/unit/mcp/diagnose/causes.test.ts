import { describe, expect, it } from 'vitest'
import { findingOf } from '../../../../mcp/diagnose/findings'
import { runChecks } from '../../../../mcp/diagnose/run-checks'
import { sampleWorld } from '../../../support/diagnose/sample-world'

const CRASHING = (name: string, line: string) => `
- {kind: Pod, metadata: {name: ${name}-1, namespace: a, labels: {app: ${name}}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: ${name}-r, controller: true}]}, spec: {containers: [{name: ${name}}]}, status: {phase: Running, conditions: [{type: Ready, status: "False"}], containerStatuses: [{name: ${name}, ready: false, restartCount: 5, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, reason: Error, finishedAt: "2026-11-29T11:59:00Z"}}}]}}
- {kind: Log, metadata: {name: ${name}-1, namespace: a}, container: ${name}, previous: true, lines: [${JSON.stringify(line)}]}
- {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: ${name}-r, namespace: a, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: ${name}, controller: true}]}, spec: {replicas: 1}, status: {replicas: 1}}
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: ${name}, namespace: a, creationTimestamp: "2026-11-29T10:00:00Z"}, spec: {replicas: 1, template: {metadata: {labels: {app: ${name}}}}}, status: {replicas: 1, availableReplicas: 0}}
- {kind: Service, metadata: {name: ${name}, namespace: a}, spec: {selector: {app: ${name}}, ports: [{port: 80}]}}`

function causes(sample: string, about: Parameters<typeof runChecks>[1] = {}) {
  return runChecks(sampleWorld(sample), about).causes.map(findingOf)
}

describe('causes and effects', () => {
  it('makes one finding of a chain, from the pod to the Ingress', () => {
    const [first, ...others] = causes(`${CRASHING('web', 'FATAL no configuration')}
- {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: shop, namespace: a}, spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}}`)
    expect(others).toEqual([])
    expect(first?.object).toEqual({ kind: 'Pod', namespace: 'a', name: 'web-1' })
    expect(first?.chain.map(({ object }) => object.kind)).toEqual(['Deployment', 'Service', 'Ingress'])
  })

  it('finds the cause behind a connection that is refused', () => {
    const found = causes(CRASHING('api', 'dial tcp: db:80: connection refused') + CRASHING('db', 'FATAL disk is full'))
    expect(found.map(({ object }) => object.name)).toEqual(['db-1'])
    expect(found[0]?.chain.map(({ object }) => object.name)).toContain('api-1')
  })

  it('reports two causes that do not explain each other', () => {
    expect(causes(CRASHING('api', 'FATAL a') + CRASHING('db', 'FATAL b'))).toHaveLength(2)
  })

  it('reports each of two that explain each other', () => {
    const found = causes(CRASHING('api', 'db:80: connection refused') + CRASHING('db', 'api:80: connection refused'))
    expect(found.map(({ object }) => object.name).sort()).toEqual(['api-1', 'db-1'])
  })

  it('leaves out what does not concern the target', () => {
    const world = CRASHING('api', 'FATAL a') + CRASHING('db', 'FATAL b')
    const ref = { kind: 'Service', namespace: 'a', name: 'db' }
    expect(causes(world, { targets: [ref] }).map(({ object }) => object.name)).toEqual(['db-1'])
  })

  it('counts the pods of one workload once', () => {
    const pod = (name: string) => `
- {kind: Pod, metadata: {name: ${name}, namespace: a, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: r, controller: true}]}, spec: {containers: [{name: c, image: "i:1"}]}, status: {phase: Pending, containerStatuses: [{name: c, state: {waiting: {reason: ImagePullBackOff}}}]}}`
    const found = causes(pod('p-1') + pod('p-2') + pod('p-3'))
    expect(found.map(({ objects }) => objects)).toEqual([3])
  })

  it('puts an outage before a failed Job', () => {
    const job = `
- {apiVersion: batch/v1, kind: Job, metadata: {name: a-job, namespace: a}, status: {failed: 1, conditions: [{type: Failed, status: "True", reason: BackoffLimitExceeded, lastTransitionTime: "2026-11-29T11:00:00Z"}]}}`
    expect(causes(job + CRASHING('web', 'FATAL x')).map(({ severity }) => severity)).toEqual(['critical', 'warning'])
  })
})
