/** Chooses the container whose log answers the question: the failing one, or the main one. */
import { didYouMean } from '../../kubernetes/did-you-mean'
import { both, msg } from '../../../shared/messages/create'
import { nearest } from '../../kubernetes/discovery/near'
import { KubeError } from '../../kubernetes/errors/errors'
import { currentInit } from './pod'
import type { Container, Pod } from './pod'

/** An older termination is history, not today's cause. In milliseconds. */
const RECENT = 24 * 3_600_000

/** Waiting reasons of a container that is starting. */
const STARTING = new Set(['', 'PodInitializing', 'ContainerCreating'])

const SIDECAR =
  /^(?:istio-(?:proxy|init)|linkerd-(?:proxy|init)|envoy(?:-sidecar)?|consul-dataplane|cloud-?sql-proxy|vault-agent(?:-init)?|(?:fluent-?(?:bit|d)|log-?(?:shipper|agent|collector)|promtail|filebeat|vector)(?:-.*)?|otc-container|datadog-agent|kube-rbac-proxy|oauth2?-proxy|config-reloader|daprd)$/

/**
 * @param wanted the requested container
 * @throws KubeError `missing-container` listing the containers
 */
export function chooseContainer(pod: Pod, wanted: string | undefined, now: number): Container {
  if (wanted !== undefined) return named(pod, wanted)
  const failing = mostFailing(pod, now)
  if (failing) return failing
  const init = currentInit(pod)
  if (init) return init
  const apps = pod.containers.filter(({ kind }) => kind === 'app')
  const unready = apps.filter(({ ready, runningSince }) => !ready && runningSince !== undefined)
  const main = apps.find(({ name }) => name === pod.defaultContainer)
  // If none is ready, the whole pod is starting, which says nothing about a single container.
  const notReady = unready.length < apps.length ? unready[0] : undefined
  const chosen = notReady ?? main ?? apps.find((container) => !isSidecar(container)) ?? apps[0] ?? pod.containers[0]
  if (!chosen) throw new KubeError('missing-container', msg('pod-no-container', { name: pod.name }), { pod: pod.name })
  return chosen
}

function named(pod: Pod, wanted: string): Container {
  const found =
    pod.containers.find(({ name }) => name === wanted) ??
    pod.containers.find(({ name }) => name.toLowerCase() === wanted.trim().toLowerCase())
  if (found) return found
  const names = pod.containers.map(({ name }) => name)
  const [near] = nearest(wanted, names, 1)
  const none = msg('pod-has-no-container', {
    pod: pod.name,
    namespace: pod.namespace,
    container: wanted,
    names: names.join(', '),
  })
  throw new KubeError('missing-container', both(none, didYouMean(near === undefined ? [] : [near])), {
    pod: pod.name,
    namespace: pod.namespace,
    container: wanted,
    containers: names.join(', '),
  })
}

function isSidecar({ name, kind }: Container): boolean {
  return kind === 'sidecar' || SIDECAR.test(name)
}

/**
 * Rates how a container fails.
 * @returns 0 if it does not fail; higher is worse
 */
function failureOf(container: Container, now: number): number {
  const { waiting, terminated, last } = container
  if (terminated && terminated.exitCode !== 0) return 3
  if (waiting && !STARTING.has(waiting.reason)) return 3
  if (!last || last.exitCode === 0 || container.kind === 'ephemeral') return 0
  const ended = Date.parse(last.finishedAt ?? '')
  // Without a time it counts as recent.
  if (now - ended > RECENT) return 0
  return last.reason === 'OOMKilled' ? 2 : 1
}

function mostFailing(pod: Pod, now: number): Container | undefined {
  const rated = pod.containers
    .filter(({ kind }) => kind !== 'ephemeral')
    .map((container) => ({ container, failure: failureOf(container, now), side: isSidecar(container) ? 1 : 0 }))
    .filter(({ failure }) => failure > 0)
    .sort((one, other) => other.failure - one.failure || one.side - other.side)
  return rated[0]?.container
}

/** Rates a pod by its worst container: 0 if it runs without failures, 1 if it has not started. */
export function failureOfPod(pod: Pod, now: number): number {
  const worst = Math.max(0, ...pod.containers.map((container) => failureOf(container, now)))
  if (worst > 0) return worst + 2
  if (pod.phase === 'Failed') return 2
  const running = pod.phase === 'Running' || pod.phase === 'Succeeded'
  const unready = pod.phase === 'Running' && pod.containers.some(({ kind, ready }) => kind === 'app' && !ready)
  return running && !unready ? 0 : 1
}
