/** An init container that runs and does not end. */
import { listAt, textAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { currentInit } from '../../../tools/logs/pod'
import { fact, logFact } from '../../evidence'
import { hostsInLog, serviceOfHost } from '../../hosts'
import { decisiveLines } from '../../log-cause'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'

/** In seconds; one that waits for a Service is soon through. */
const USUAL = 300
/** The same if its log reports trouble. */
const WITH_TROUBLE = 20

const TROUBLE = /wait|refused|timed? ?out|not (?:found|ready|known|available)|retry|no such host|unreachable|could not/i

export const initWaiting: Check = {
  id: 'init-waiting',
  reads: ['Pod'],
  reference: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-init-containers/',
  find: (world) => troubledPods(world).flatMap((pod) => findIn(world, pod)),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: m, namespace: a}, spec: {initContainers: [{name: wait, command: [sh, -c, "until nc -z db 5432; do sleep 1; done"]}], containers: [{name: m}]}, status: {phase: Pending, initContainerStatuses: [{name: wait, state: {running: {startedAt: "2026-11-29T11:50:00Z"}}}], containerStatuses: [{name: m, state: {waiting: {reason: PodInitializing}}}]}}
- {kind: Log, metadata: {name: m, namespace: a}, container: wait, lines: ["waiting for db:5432"]}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: m, namespace: a}, spec: {initContainers: [{name: copy}], containers: [{name: m}]}, status: {phase: Pending, initContainerStatuses: [{name: copy, state: {running: {startedAt: "2026-11-29T11:59:50Z"}}}], containerStatuses: [{name: m, state: {waiting: {reason: PodInitializing}}}]}}`,
    ],
  },
}

function findIn(world: World, { object, facts }: TroubledPod): Found[] {
  const init = currentInit(facts)
  if (init?.runningSince === undefined || init.kind !== 'init') return []
  const ref = refOf(object)
  const log = world.log(ref, init.name)
  const lines = log ? decisiveLines(log) : []
  const seconds = (world.now - Date.parse(init.runningSince)) / 1000
  if (seconds < (lines.some((line) => TROUBLE.test(line)) ? WITH_TROUBLE : USUAL)) return []
  const words = [...lines, commandOf(object, init.name)]
  const hosts = [...new Set(words.flatMap((each) => [...hostsInLog(each), ...wordsOf(each)]))]
  return [
    {
      object: ref,
      severity: 'critical',
      certainty: lines.length > 0 ? 'certain' : 'likely',
      cause: msg('init-not-ending', { container: init.name }),
      next: msg('next-init-not-ending'),
      evidence: [
        ...lines.map((line) => logFact(line, `${object.metadata.name} · ${init.name}`)),
        ...(commandOf(object, init.name) === '' ? [] : [fact('spec', commandOf(object, init.name))]),
      ],
      because: hosts.flatMap((host) => serviceOfHost(world, host, object.metadata.namespace) ?? []),
      same: init.name,
    },
  ]
}

function commandOf(pod: KubeObject, container: string): string {
  const spec = listAt(pod, 'spec', 'initContainers').find((each) => textAt(each, 'name') === container)
  return [...listAt(spec, 'command'), ...listAt(spec, 'args')].join(' ')
}

/** `nc -z db 5432`: a command names a host by itself. */
function wordsOf(text: string): string[] {
  return text.match(/\b[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\b/g) ?? []
}
