/** A host name in a container's configuration that names no Service. */
import { listAt, textAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { Message } from '../../../../shared/messages/message'
import type { KubeObject } from '../../../kubernetes/types'
import { nearest } from '../../../kubernetes/discovery/near'
import { fact, logFact } from '../../evidence'
import { hostOfValue, hostsInLog, missingService } from '../../hosts'
import { decisiveLines } from '../../log-cause'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { World } from '../../world/world'

export const unknownHost: Check = {
  id: 'unknown-host',
  reads: ['Pod', 'Service'],
  reference: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  explains: ['container-crash', 'readiness-probe', 'liveness-probe', 'init-waiting'],
  find: (world) => {
    const troubled = new Set(troubledPods(world).map(({ object }) => object))
    return world.list('Pod').flatMap((pod) => findIn(world, pod, troubled.has(pod)))
  },
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: w, namespace: a}, spec: {containers: [{name: w, env: [{name: DB_URL, value: "postgres://u@db-old.a.svc:5432/x"}]}]}, status: {phase: Running, conditions: [{type: Ready, status: "False"}], containerStatuses: [{name: w, ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, finishedAt: "2026-11-29T11:59:00Z"}}}]}}
- {kind: Service, metadata: {name: db, namespace: a}, spec: {}}`,
      `
- {kind: Pod, metadata: {name: w, namespace: a}, spec: {containers: [{name: w, env: [{name: CACHE_HOST, value: redsi}]}]}, status: {phase: Running, conditions: [{type: Ready, status: "False"}], containerStatuses: [{name: w, ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, finishedAt: "2026-11-29T11:59:00Z"}}}]}}
- {kind: Log, metadata: {name: w, namespace: a}, container: w, lines: ["Error: getaddrinfo ENOTFOUND redsi"]}
- {kind: Service, metadata: {name: redis, namespace: a}, spec: {}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: w, namespace: a}, spec: {containers: [{name: w, env: [{name: DB_HOST, value: db.example.com}, {name: CACHE_HOST, value: redis}, {name: MODE, value: fast}, {name: LOCAL_URL, value: "http://localhost:8080"}]}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}
- {kind: Service, metadata: {name: redis, namespace: a}, spec: {}}`,
    ],
  },
}

const NOT_RESOLVED =
  /no such host|ENOTFOUND|EAI_AGAIN|not known|could not translate host|could not resolve|UnknownHost|name resolution|bad address/i

function findIn(world: World, pod: KubeObject, isTroubled: boolean): Found[] {
  const { namespace } = pod.metadata
  const inLog = isTroubled ? unresolved(world, pod) : []
  const hosts = listAt(pod, 'spec', 'containers').flatMap((container) =>
    listAt(container, 'env').flatMap((each) => {
      const [name, value] = [textAt(each, 'name'), textAt(each, 'value')]
      const host = name === undefined || value === undefined ? undefined : hostOfValue(name, value)
      return host === undefined ? [] : [{ host, variable: name ?? '', container: textAt(container, 'name') ?? '' }]
    }),
  )
  for (const { host, variable, container } of hosts) {
    const line = inLog.find((each) => each.host === host)
    const missing = missingService(world, host, namespace)
    if (!missing && (!line || (isServiceName(host) && mayExist(world, host, namespace)))) continue
    // Names of the cluster alone are certain without a log.
    const found = base(pod, host)
    return [
      {
        ...found,
        severity: isTroubled ? 'critical' : 'warning',
        certainty: line ? 'certain' : 'likely',
        evidence: [
          fact('spec', msg('evidence-host', { variable, host, container })),
          ...(line ? [logFact(line.line, `${pod.metadata.name} · ${line.container}`)] : []),
          ...nearText(world, host, namespace).map((text) => fact('status', text)),
        ],
      },
    ]
  }
  const [line] = inLog.filter(({ host }) => isOfCluster(host))
  if (!line || mayExist(world, line.host, namespace)) return []
  return [
    {
      ...base(pod, line.host),
      severity: 'critical',
      certainty: 'likely',
      evidence: [
        logFact(line.line, `${pod.metadata.name} · ${line.container}`),
        ...nearText(world, line.host, namespace).map((text) => fact('status', text)),
      ],
    },
  ]
}

function base(pod: KubeObject, host: string): Pick<Found, 'object' | 'cause' | 'next' | 'same'> {
  return { object: refOf(pod), cause: msg('unknown-host', { host }), next: msg('next-unknown-host'), same: host }
}

interface Unresolved {
  host: string
  line: string
  container: string
}

/** Hosts that the log reports as unknown. */
function unresolved(world: World, pod: KubeObject): Unresolved[] {
  const names = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')].flatMap(
    (each) => textAt(each, 'name') ?? [],
  )
  return names.flatMap((container) => {
    const log = world.log(refOf(pod), container)
    if (!log) return []
    return decisiveLines(log)
      .filter((line) => NOT_RESOLVED.test(line))
      .flatMap((line) => hostsInLog(line).map((host) => ({ host, line, container })))
  })
}

/** A name without dots, or one that only the cluster's DNS has. */
function isOfCluster(host: string): boolean {
  return !host.includes('.') || /\.svc(?:\.|$)/.test(host)
}

/** `db`, `db.shop`, or one that only the cluster's DNS has. */
function isServiceName(host: string): boolean {
  return isOfCluster(host) || host.split('.').length === 2
}

/** True if a Service has the host's name, or if the Services of its namespace were not read. */
function mayExist(world: World, host: string, namespace: string | undefined): boolean {
  const [name = '', second] = host.split('.')
  return !world.isMissing({ kind: 'Service', namespace: second ?? namespace, name })
}

function nearText(world: World, host: string, namespace: string | undefined): Message[] {
  const [name = '', second] = host.split('.')
  const services = world.list('Service').filter(({ metadata }) => metadata.namespace === (second ?? namespace))
  const near = nearest(
    name,
    services.map(({ metadata }) => metadata.name),
  )
  return near.length === 0 ? [] : [msg('evidence-near-services', { names: near.join(', ') })]
}
