/** A container that ends again and again, with the last lines of its log. */
import { msg } from '../../../../shared/messages/create'
import type { Message } from '../../../../shared/messages/message'
import { fact, logFact } from '../../evidence'
import { serviceOfHost } from '../../hosts'
import { decisiveLines, logCause } from '../../log-cause'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'
import type { Container, Terminated } from '../../../tools/logs/pod'
import { isRecentEnd } from './recent'

export const containerCrash: Check = {
  id: 'container-crash',
  reads: ['Pod'],
  reference: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/',
  explains: ['readiness-probe'],
  find: (world) => troubledPods(world).flatMap((pod) => findIn(world, pod)),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: cart}, spec: {containers: [{name: cart}]}, status: {phase: Running, containerStatuses: [{name: cart, ready: false, restartCount: 5, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, reason: Error, finishedAt: "2026-11-29T11:59:00Z"}}}]}}
- {kind: Log, metadata: {name: cart}, container: cart, previous: true, lines: ["starting", "panic: runtime error: nil map"]}`,
      `
- {kind: Pod, metadata: {name: m}, spec: {initContainers: [{name: wait}], containers: [{name: m}]}, status: {phase: Pending, initContainerStatuses: [{name: wait, restartCount: 3, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 2, reason: Error, finishedAt: "2026-11-29T11:59:00Z"}}}], containerStatuses: [{name: m, state: {waiting: {reason: PodInitializing}}}]}}`,
      `
- {kind: Pod, metadata: {name: once}, spec: {restartPolicy: Never, containers: [{name: once}]}, status: {phase: Failed, containerStatuses: [{name: once, state: {terminated: {exitCode: 3, reason: Error, finishedAt: "2026-11-29T11:59:00Z"}}}]}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: cart, creationTimestamp: "2026-10-01T00:00:00Z"}, spec: {containers: [{name: cart}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}], containerStatuses: [{name: cart, ready: true, restartCount: 12, state: {running: {}}, lastState: {terminated: {exitCode: 1, reason: Error, finishedAt: "2026-10-20T11:59:00Z"}}}]}}`,
      `
- {kind: Pod, metadata: {name: done}, spec: {restartPolicy: Never, containers: [{name: done}]}, status: {phase: Succeeded, containerStatuses: [{name: done, state: {terminated: {exitCode: 0, reason: Completed}}}]}}`,
    ],
  },
}

/** Ends for which other checks have the reason. */
const OTHERS = /^(?:OOMKilled|StartError|ContainerCannotRun)$/

function findIn(world: World, { object, facts }: TroubledPod): Found[] {
  if (facts.deleting || facts.reason === 'Evicted') return []
  return facts.containers.flatMap((container): Found[] => {
    const end = container.terminated ?? container.last
    if (!end || OTHERS.test(end.reason ?? '') || !isRecentEnd(container, end, world.now)) return []
    if (end.exitCode === 0 && container.waiting?.reason !== 'CrashLoopBackOff') return []
    const ref = refOf(object)
    const log = world.log(ref, container.name)
    const lines = log ? decisiveLines(log) : []
    const told = logCause(container.name, lines)
    return [
      {
        object: ref,
        severity: container.ready ? 'warning' : 'critical',
        certainty: told || lines.length === 0 ? 'certain' : 'likely',
        cause: told?.cause ?? exitCause(container, end),
        next: told?.next ?? exitNext(end),
        evidence: [
          fact(
            'status',
            msg('evidence-last-end', {
              container: container.name,
              reason: end.reason ?? 'Error',
              code: end.exitCode,
              count: container.restarts,
            }),
          ),
          ...lines.map((line) => logFact(line, logName(object.metadata.name, container.name, log?.previous ?? false))),
        ],
        because: (told?.hosts ?? []).flatMap((host) => serviceOfHost(world, host, object.metadata.namespace) ?? []),
        same: `${container.name} ${end.exitCode}`,
      },
    ]
  })
}

function logName(pod: string, container: string, previous: boolean): string {
  return `${pod} · ${container}${previous ? ' (previous run)' : ''}`
}

function exitCause({ name, kind }: Container, { exitCode }: Terminated): Message {
  const container = name
  switch (exitCode) {
    case 0:
      return msg('exit-completed', { container })
    case 126:
      return msg('exit-not-executable', { container })
    case 127:
      return msg('exit-no-command', { container })
    case 137:
      return msg('exit-killed', { container })
    case 139:
      return msg('exit-segmentation', { container })
    default:
      return kind === 'init'
        ? msg('exit-init', { container, code: exitCode })
        : msg('exit-code', { container, code: exitCode })
  }
}

function exitNext({ exitCode }: Terminated): Message {
  switch (exitCode) {
    case 0:
      return msg('next-exit-completed')
    case 126:
    case 127:
      return msg('next-exit-command')
    default:
      return msg('next-exit')
  }
}
