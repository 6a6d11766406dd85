/** A container that connects to a port which the Service does not have. */
import { listAt, numberAt, textAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact, logFact } from '../../evidence'
import { addressesInLog, addressOfValue, serviceOfHost } from '../../hosts'
import type { Address } from '../../hosts'
import { decisiveLines } from '../../log-cause'
import { nameOf, refOf } from '../../ref'
import type { Check, Found } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'

export const wrongPort: Check = {
  id: 'wrong-port',
  reads: ['Pod', 'Service'],
  reference: 'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/',
  explains: ['container-crash', 'readiness-probe', 'liveness-probe', 'init-waiting'],
  find: (world) => troubledPods(world).flatMap((pod) => findIn(world, pod)),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: w, namespace: a}, spec: {containers: [{name: w}]}, status: {phase: Running, containerStatuses: [{name: w, ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, finishedAt: "2026-11-29T11:59:00Z"}}}]}}
- {kind: Log, metadata: {name: w, namespace: a}, container: w, lines: ["dial tcp db:5433: connect: connection refused"]}
- {kind: Service, metadata: {name: db, namespace: a}, spec: {ports: [{port: 5432}]}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: w, namespace: a}, spec: {containers: [{name: w, env: [{name: DB, value: "db:5432"}]}]}, status: {phase: Running, containerStatuses: [{name: w, ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, finishedAt: "2026-11-29T11:59:00Z"}}}]}}
- {kind: Log, metadata: {name: w, namespace: a}, container: w, lines: ["dial tcp db:5432: connect: connection refused"]}
- {kind: Service, metadata: {name: db, namespace: a}, spec: {ports: [{port: 5432}]}}`,
      `
- {kind: Pod, metadata: {name: w, namespace: a}, spec: {containers: [{name: w, env: [{name: DB, value: "db:5432"}]}]}, status: {phase: Running, containerStatuses: [{name: w, ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, finishedAt: "2026-11-29T11:59:00Z"}}}]}}
- {kind: Service, metadata: {name: db, namespace: a}, spec: {clusterIP: None, ports: [{port: 80}]}}`,
    ],
  },
}

interface Use extends Address {
  evidence: ReturnType<typeof fact>
}

function findIn(world: World, { object }: TroubledPod): Found[] {
  for (const { host, port, evidence } of usesOf(world, object)) {
    const ref = serviceOfHost(world, host, object.metadata.namespace)
    const service = ref && world.find(ref)
    // A headless Service or one of another name leads to the pods themselves, at any port.
    if (
      !ref ||
      !service ||
      textAt(service, 'spec', 'clusterIP') === 'None' ||
      textAt(service, 'spec', 'type') === 'ExternalName'
    )
      continue
    const ports = listAt(service, 'spec', 'ports').flatMap((each) => numberAt(each, 'port') ?? [])
    if (ports.length === 0 || ports.includes(port)) continue
    return [
      {
        object: refOf(object),
        severity: 'critical',
        certainty: evidence.source === 'log' ? 'certain' : 'likely',
        cause: msg('wrong-port', { name: ref.name, port, ports: ports.join(', ') }),
        next: msg('next-wrong-port'),
        evidence: [evidence, fact('spec', msg('evidence-ports', { ports: ports.join(', ') }), nameOf(ref))],
        because: [],
        same: `${host}:${port}`,
      },
    ]
  }
  return []
}

/** Addresses in the decisive lines of the log, then those of the configuration. */
function usesOf(world: World, pod: KubeObject): Use[] {
  const containers = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
  const inLogs = containers.flatMap((container) => {
    const name = textAt(container, 'name') ?? ''
    const log = world.log(refOf(pod), name)
    return (log ? decisiveLines(log) : []).flatMap((line) =>
      addressesInLog(line).map((address) => ({
        ...address,
        evidence: logFact(line, `${pod.metadata.name} · ${name}`),
      })),
    )
  })
  const inSpec = containers.flatMap((container) =>
    listAt(container, 'env').flatMap((each) => {
      const [name, value] = [textAt(each, 'name'), textAt(each, 'value')]
      const address = value === undefined ? undefined : addressOfValue(value)
      return address ? [{ ...address, evidence: fact('spec', `${name ?? ''}: ${address.host}:${address.port}`) }] : []
    }),
  )
  return [...inLogs, ...inSpec]
}
