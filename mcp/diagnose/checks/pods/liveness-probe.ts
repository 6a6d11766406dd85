/** A container that the kubelet restarts because its liveness or startup probe fails. */
import { msg } from '../../../../shared/messages/create'
import { eventFact, fact, logFact } from '../../evidence'
import { decisiveLines } from '../../log-cause'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'
import { probeText } from './probe-text'
import { isRecentEnd } from './recent'

const FAILED = /^(Liveness|Startup) probe (?:failed|errored)/

export const livenessProbe: Check = {
  id: 'liveness-probe',
  reads: ['Pod'],
  reference: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  explains: ['container-crash', 'readiness-probe'],
  find: (world) => troubledPods(world).flatMap((pod) => findIn(world, pod)),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: s}, spec: {containers: [{name: s, livenessProbe: {httpGet: {path: /healthz, port: 80}}}]}, status: {phase: Running, containerStatuses: [{name: s, ready: false, restartCount: 4, state: {running: {}}, lastState: {terminated: {exitCode: 137, reason: Error, finishedAt: "2026-11-29T11:59:00Z"}}}]}}
- {kind: Event, metadata: {name: e}, type: Warning, reason: Unhealthy, message: "Liveness probe failed: HTTP probe failed with statuscode: 500", lastTimestamp: "2026-11-29T11:59:00Z", involvedObject: {kind: Pod, name: s}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: s}, spec: {containers: [{name: s, livenessProbe: {httpGet: {path: /healthz, port: 80}}}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}], containerStatuses: [{name: s, ready: true, restartCount: 1, state: {running: {}}, lastState: {terminated: {exitCode: 137, reason: Error, finishedAt: "2026-11-29T10:00:00Z"}}}]}}
- {kind: Event, metadata: {name: e}, type: Warning, reason: Unhealthy, message: "Liveness probe failed: timeout", lastTimestamp: "2026-11-29T11:20:00Z", involvedObject: {kind: Pod, name: s}}`,
    ],
  },
}

function findIn(world: World, { object, facts }: TroubledPod): Found[] {
  const event = world.events(object, /^Unhealthy$/).find(({ message }) => FAILED.test(message))
  if (!event) return []
  const container = facts.containers.find(
    ({ last, terminated, restarts, kind }) => kind !== 'init' && restarts > 0 && (last ?? terminated),
  )
  const end = container?.terminated ?? container?.last
  // A probe kills with SIGTERM or SIGKILL; an application that ends by itself has another code.
  if (!container || !end || !isRecentEnd(container, end, world.now) || ![0, 137, 143].includes(end.exitCode)) return []
  if (end.reason === 'OOMKilled') return []
  const isStartup = event.message.startsWith('Startup')
  const probe = probeText(object, container.name, isStartup ? 'startupProbe' : 'livenessProbe')
  const log = world.log(refOf(object), container.name)
  return [
    {
      object: refOf(object),
      severity: container.ready ? 'warning' : 'critical',
      certainty: 'certain',
      cause: isStartup
        ? msg('probe-startup', { container: container.name })
        : msg('probe-liveness', { container: container.name }),
      next: isStartup ? msg('next-probe-startup') : msg('next-probe-liveness'),
      evidence: [
        eventFact(event),
        ...(probe === undefined ? [] : [fact('spec', probe)]),
        ...(log
          ? decisiveLines(log)
              .slice(0, 2)
              .map((line) => logFact(line, `${object.metadata.name} · ${container.name}`))
          : []),
      ],
      same: container.name,
    },
  ]
}
