/** A container that exceeds its memory limit. */
import { at, listAt, textAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import { fact, logFact } from '../../evidence'
import { decisiveLines } from '../../log-cause'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'
import { isOfLastHour } from './recent'

export const outOfMemory: Check = {
  id: 'out-of-memory',
  reads: ['Pod'],
  reference:
    'https://kubernetes.io/docs/tasks/configure-pod-container/assign-memory-resource/#exceed-a-container-s-memory-limit',
  explains: ['container-crash', 'liveness-probe', 'readiness-probe', 'unknown-host'],
  find: (world) => troubledPods(world).flatMap((pod) => findIn(world, pod)),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: ml}, spec: {containers: [{name: ml, resources: {limits: {memory: 512Mi}}}]}, status: {phase: Running, containerStatuses: [{name: ml, ready: true, restartCount: 4, state: {running: {}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled, finishedAt: "2026-11-29T11:58:00Z"}}}]}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: ml, creationTimestamp: "2026-10-01T00:00:00Z"}, spec: {containers: [{name: ml, resources: {limits: {memory: 512Mi}}}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}], containerStatuses: [{name: ml, ready: true, restartCount: 2, state: {running: {}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled, finishedAt: "2026-10-20T11:58:00Z"}}}]}}`,
    ],
  },
}

function findIn(world: World, { object, facts }: TroubledPod): Found[] {
  const container = facts.containers.find(({ terminated, last }) =>
    [terminated, last].some((end) => end?.reason === 'OOMKilled'),
  )
  const end = [container?.terminated, container?.last].find((each) => each?.reason === 'OOMKilled')
  if (!container || !end || (container.ready && !isOfLastHour(end, world.now))) return []
  const spec = [...listAt(object, 'spec', 'containers'), ...listAt(object, 'spec', 'initContainers')].find(
    (each) => textAt(each, 'name') === container.name,
  )
  const limit = textAt(at(spec, 'resources', 'limits'), 'memory')
  const log = world.log(refOf(object), container.name)
  return [
    {
      object: refOf(object),
      severity: container.ready ? 'warning' : 'critical',
      certainty: 'certain',
      cause:
        limit === undefined
          ? msg('memory-of-node', { container: container.name })
          : msg('memory-limit', { container: container.name, limit }),
      next: limit === undefined ? msg('next-memory-of-node') : msg('next-memory'),
      evidence: [
        fact(
          'status',
          msg('evidence-last-end', {
            container: container.name,
            reason: 'OOMKilled',
            code: end.exitCode,
            count: container.restarts,
          }),
        ),
        ...(log ? decisiveLines(log).map((line) => logFact(line, `${object.metadata.name} · ${container.name}`)) : []),
      ],
    },
  ]
}
