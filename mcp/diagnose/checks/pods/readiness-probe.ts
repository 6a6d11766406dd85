/** A container that runs and is not ready. */
import { listAt, numberAt, textAt, timeAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { Message } from '../../../../shared/messages/message'
import type { KubeObject } from '../../../kubernetes/types'
import type { Container } from '../../../tools/logs/pod'
import { eventFact, fact, logFact } from '../../evidence'
import { serviceOfHost } from '../../hosts'
import { decisiveLines, logCause } from '../../log-cause'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'
import { probeOf, probeText } from './probe-text'

const FAILED = /^Readiness probe (?:failed|errored)/

export const readinessProbe: Check = {
  id: 'readiness-probe',
  reads: ['Pod'],
  reference:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-readiness-probes',
  find: (world) => troubledPods(world).flatMap((pod) => findIn(world, pod)),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: w, creationTimestamp: "2026-11-29T11:50:00Z"}, spec: {containers: [{name: w, readinessProbe: {httpGet: {path: /ready, port: 8080}}}]}, status: {phase: Running, conditions: [{type: Ready, status: "False", lastTransitionTime: "2026-11-29T11:50:00Z"}], containerStatuses: [{name: w, ready: false, restartCount: 0, state: {running: {startedAt: "2026-11-29T11:50:00Z"}}}]}}
- {kind: Event, metadata: {name: e}, type: Warning, reason: Unhealthy, count: 40, message: "Readiness probe failed: HTTP probe failed with statuscode: 503", lastTimestamp: "2026-11-29T11:59:50Z", involvedObject: {kind: Pod, name: w}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: w, creationTimestamp: "2026-11-29T11:59:55Z"}, spec: {containers: [{name: w, readinessProbe: {httpGet: {path: /ready, port: 8080}}}]}, status: {phase: Running, conditions: [{type: Ready, status: "False", lastTransitionTime: "2026-11-29T11:59:55Z"}], containerStatuses: [{name: w, ready: false, restartCount: 0, state: {running: {startedAt: "2026-11-29T11:59:55Z"}}}]}}`,
      `
- {kind: Pod, metadata: {name: w, creationTimestamp: "2026-11-29T11:00:00Z"}, spec: {containers: [{name: w}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}], containerStatuses: [{name: w, ready: true, restartCount: 0, state: {running: {startedAt: "2026-11-29T11:00:00Z"}}}]}}
- {kind: Event, metadata: {name: e}, type: Warning, reason: Unhealthy, message: "Readiness probe failed: connection refused", lastTimestamp: "2026-11-29T11:00:05Z", involvedObject: {kind: Pod, name: w}}`,
    ],
  },
}

function findIn(world: World, { object, facts }: TroubledPod): Found[] {
  if (facts.phase !== 'Running' || facts.deleting) return []
  const container = facts.containers.find(
    ({ kind, ready, runningSince }) => kind === 'app' && !ready && runningSince !== undefined,
  )
  if (!container) return []
  const event = world.events(object, /^Unhealthy$/).find(({ message }) => FAILED.test(message))
  const probe = probeText(object, container.name, 'readinessProbe')
  const gate = event || probe !== undefined ? undefined : falseGate(object)
  if (isStarting(world, object, container, event !== undefined)) return []
  const log = world.log(refOf(object), container.name)
  const lines = log ? decisiveLines(log) : []
  const told = logCause(container.name, lines)
  return [
    {
      object: refOf(object),
      severity: 'critical',
      certainty: event || gate ? 'certain' : 'likely',
      cause: gate ? msg('readiness-gate', { gate }) : causeOf(container, event?.message, object),
      next: gate ? msg('next-readiness-gate') : (told?.next ?? msg('next-probe-readiness')),
      evidence: [
        ...(event ? [eventFact(event)] : []),
        ...(probe === undefined ? [] : [fact('spec', probe)]),
        ...lines.slice(0, 3).map((line) => logFact(line, `${object.metadata.name} · ${container.name}`)),
      ],
      because: (told?.hosts ?? []).flatMap((host) => serviceOfHost(world, host, object.metadata.namespace) ?? []),
      same: container.name,
    },
  ]
}

/** A probe on a port that the container does not declare is worth a hint of its own. */
function causeOf({ name }: Container, event: string | undefined, pod: KubeObject): Message {
  const probe = probeOf(pod, name, 'readinessProbe')
  const port =
    numberAt(probe, 'httpGet', 'port') ?? numberAt(probe, 'tcpSocket', 'port') ?? numberAt(probe, 'grpc', 'port')
  const container = listAt(pod, 'spec', 'containers').find((each) => textAt(each, 'name') === name)
  const declared = listAt(container, 'ports').map((each) => numberAt(each, 'containerPort'))
  if (
    port !== undefined &&
    declared.length > 0 &&
    !declared.includes(port) &&
    (event === undefined || !/statuscode/.test(event))
  )
    return msg('probe-readiness-port', { container: name, port, ports: declared.join(', ') })
  return msg('probe-readiness', { container: name })
}

/** Within the time that its probe needs for the first answers. */
function isStarting(
  world: World,
  pod: KubeObject,
  { name, runningSince = '' }: Container,
  hasFailed: boolean,
): boolean {
  const probe = probeOf(pod, name, 'readinessProbe')
  const seconds = (field: string, usual: number) => numberAt(probe, field) ?? usual
  const needed = seconds('initialDelaySeconds', 0) + seconds('periodSeconds', 10) * seconds('failureThreshold', 3)
  const since = Date.parse(runningSince) || timeAt(pod, 'metadata', 'creationTimestamp') || 0
  const age = (world.now - since) / 1000
  return age < (hasFailed ? Math.min(seconds('initialDelaySeconds', 0), needed) : Math.max(30, needed))
}

function falseGate(pod: KubeObject): string | undefined {
  const gates = listAt(pod, 'spec', 'readinessGates').flatMap((each) => textAt(each, 'conditionType') ?? [])
  return gates.find((gate) =>
    listAt(pod, 'status', 'conditions').every(
      (each) => textAt(each, 'type') !== gate || textAt(each, 'status') !== 'True',
    ),
  )
}
