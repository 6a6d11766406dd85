/** A NetworkPolicy that does not let a failing pod reach the Service that its log names. */
import { at, isRecord, listAt } from '../../../../shared/kubernetes/fields'
import { matchesSelector } from '../../../../shared/kubernetes/selectors'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { selectedPods } from '../../chains/dependencies'
import { fact, logFact } from '../../evidence'
import { hostsInLog, serviceOfHost } from '../../hosts'
import { decisiveLines } from '../../log-cause'
import { nameOf, refOf } from '../../ref'
import type { Check, Found } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'

const POLICY = 'networking.k8s.io/NetworkPolicy'
/** A dropped packet is not refused: the connection times out. */
const TIMEOUT = /timed? ?out|ETIMEDOUT|deadline exceeded|no route to host|unreachable/i

export const networkPolicy: Check = {
  id: 'network-policy',
  reads: [POLICY],
  reference: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  explains: ['container-crash', 'readiness-probe', 'liveness-probe', 'init-waiting'],
  find: (world) => (world.list(POLICY).length === 0 ? [] : troubledPods(world).flatMap((pod) => findIn(world, pod))),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: w, namespace: a, labels: {app: w}}, spec: {containers: [{name: w}]}, status: {phase: Running, containerStatuses: [{name: w, ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, finishedAt: "2026-11-29T11:59:00Z"}}}]}}
- {kind: Log, metadata: {name: w, namespace: a}, container: w, lines: ["FATAL dial tcp db:5432: i/o timeout"]}
- {kind: Service, metadata: {name: db, namespace: a}, spec: {selector: {app: db}, ports: [{port: 5432}]}}
- {kind: Pod, metadata: {name: db, namespace: a, labels: {app: db}}, spec: {containers: [{name: db}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}
- {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: db-only, namespace: a}, spec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {role: backend}}}]}]}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: w, namespace: a, labels: {app: w, role: backend}}, spec: {containers: [{name: w}]}, status: {phase: Running, containerStatuses: [{name: w, ready: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff}}, lastState: {terminated: {exitCode: 1, finishedAt: "2026-11-29T11:59:00Z"}}}]}}
- {kind: Log, metadata: {name: w, namespace: a}, container: w, lines: ["FATAL dial tcp db:5432: i/o timeout"]}
- {kind: Service, metadata: {name: db, namespace: a}, spec: {selector: {app: db}, ports: [{port: 5432}]}}
- {kind: Pod, metadata: {name: db, namespace: a, labels: {app: db}}, spec: {containers: [{name: db}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}
- {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: db-only, namespace: a}, spec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {role: backend}}}]}]}}`,
    ],
  },
}

function findIn(world: World, { object, facts }: TroubledPod): Found[] {
  for (const { name } of facts.containers) {
    const log = world.log(refOf(object), name)
    const line = log && decisiveLines(log).find((each) => TIMEOUT.test(each))
    if (line === undefined) continue
    for (const host of hostsInLog(line)) {
      const ref = serviceOfHost(world, host, object.metadata.namespace)
      const service = ref && world.find(ref)
      const policy = service && blockingPolicy(world, object, service)
      if (!ref || !policy) continue
      return [
        {
          object: refOf(object),
          severity: 'critical',
          certainty: 'likely',
          cause: msg('policy-blocks', { policy: policy.metadata.name, service: ref.name }),
          next: msg('next-policy-blocks'),
          evidence: [
            logFact(line, `${object.metadata.name} · ${name}`),
            fact(
              'spec',
              `podSelector: ${JSON.stringify(at(policy, 'spec', 'podSelector') ?? {})}`,
              nameOf(refOf(policy)),
            ),
          ],
          because: [],
          same: policy.metadata.name,
        },
      ]
    }
  }
  return []
}

/** A policy for the Service's pods if none of them lets the pod in, or one for the pod if none lets it out. */
function blockingPolicy(world: World, client: KubeObject, service: KubeObject): KubeObject | undefined {
  const [server] = selectedPods(world, service).flatMap((ref) => world.find(ref) ?? [])
  if (!server || ![server, client].every(({ metadata }) => world.covers(POLICY, metadata.namespace))) return undefined
  const into = policiesOf(world, server, 'Ingress')
  if (into.length > 0 && !into.some((policy) => allows(world, policy, 'ingress', 'from', client))) return into[0]
  const out = policiesOf(world, client, 'Egress')
  return out.length > 0 && !out.some((policy) => allows(world, policy, 'egress', 'to', server)) ? out[0] : undefined
}

function policiesOf(world: World, pod: KubeObject, type: 'Ingress' | 'Egress'): KubeObject[] {
  return world.list(POLICY).filter((policy) => {
    const types = listAt(policy, 'spec', 'policyTypes')
    const isOfType = types.length > 0 ? types.includes(type) : type === 'Ingress'
    const isOfPod = matchesSelector(at(policy, 'spec', 'podSelector') ?? {}, pod.metadata.labels ?? {})
    return policy.metadata.namespace === pod.metadata.namespace && isOfType && isOfPod
  })
}

function allows(
  world: World,
  policy: KubeObject,
  direction: 'ingress' | 'egress',
  side: 'from' | 'to',
  peer: KubeObject,
): boolean {
  return listAt(policy, 'spec', direction).some((rule) => {
    const peers = listAt(rule, side)
    return peers.length === 0 || peers.some((each) => isPeer(world, policy, each, peer))
  })
}

function isPeer(world: World, policy: KubeObject, rule: unknown, pod: KubeObject): boolean {
  // Addresses of pods are not compared with blocks.
  if (isRecord(at(rule, 'ipBlock'))) return true
  const [pods, namespaces] = [at(rule, 'podSelector'), at(rule, 'namespaceSelector')]
  const { namespace = '' } = pod.metadata
  const found = world.find({ kind: 'Namespace', name: namespace })
  // Labels that were not read may match.
  const isInNamespace = isRecord(namespaces)
    ? !found || matchesSelector(namespaces, found.metadata.labels ?? {})
    : namespace === policy.metadata.namespace
  return isInNamespace && (!isRecord(pods) || matchesSelector(pods, pod.metadata.labels ?? {}))
}
