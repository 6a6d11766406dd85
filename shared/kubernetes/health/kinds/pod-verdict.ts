/** A pod's verdict from the facts that kubectl's table and the object share. */
import type { Health, Words } from '../health'
import {
  bad,
  byDeadline,
  forHowLong,
  ok,
  READY_DEADLINE,
  START_DEADLINE,
  unknown,
  waiting,
  withDetail,
} from '../health'
import { formatAge } from '../../durations'
import { wordVerdict } from '../words'
import { state } from '../state'

export interface PodFacts {
  /** As kubectl prints it, e.g. `Running`, `Init:1/2`, `CrashLoopBackOff`. */
  status: string
  ready?: { ready: number; total: number } | undefined
  /** `ago`: seconds since the last restart. */
  restarts?: { count: number; ago?: number } | undefined
  /** Seconds since it was created. */
  age?: number | undefined
  /** Seconds since it stopped being ready if known, otherwise its age. */
  notReadyFor?: number | undefined
  /** Deletion state, if the metadata is known. */
  deletion?: Health | undefined
  /** Details of the state, e.g. the scheduler's message. */
  detail?: Words | undefined
}

const STARTING = new Set(['Pending', 'ContainerCreating', 'PodInitializing'])
/** In seconds. A container without a restart for this long counts as stable. */
const RECENT_RESTART = 600
const RESTARTS_LATELY = 3600
/** Containers may restart once or twice while their dependencies start. */
const SOME_RESTARTS = 3

export function podVerdict(pod: PodFacts): Health {
  const { status, age } = pod
  const reason = withDetail(status, pod.detail)
  if (status === 'Unknown' || status === 'NodeLost')
    return bad(pod.detail === undefined ? state('state-node-gone') : reason)
  if (status === 'Terminating') return pod.deletion ?? byDeadline(age, START_DEADLINE, 'Terminating')
  if (pod.deletion) return pod.deletion
  if (status === 'Completed' || status === 'Succeeded') return ok()
  if (status === 'SchedulingGated') return waiting(reason)
  if (STARTING.has(status)) return startingVerdict(pod, reason)
  if (status === 'Running' || status === 'NotReady') return runningVerdict(pod)
  if (/^Init:\d+\/\d+$/.test(status)) return restartsVerdict(pod) ?? startingVerdict(pod, reason)
  const word = status.replace(/^Init:/, '')
  if (STARTING.has(word)) return startingVerdict(pod, reason)
  if (/^(?:Signal|ExitCode):/.test(word) || KUBELET_REASONS.has(word) || wordVerdict(word) === 'bad') return bad(reason)
  return unknown(reason)
}

/** Kubelet reasons that are not ordinary status words. */
const KUBELET_REASONS = new Set([
  'Failed',
  'NodeShutdown',
  'NodeAffinity',
  'Shutdown',
  'Terminated',
  'Preempting',
  'ContainerStatusUnknown',
  'ErrImageNeverPull',
  'InvalidImageName',
  'PodFitsHostPorts',
  'HostNetworkNotSupported',
])

function startingVerdict(pod: PodFacts, reason: Words): Health {
  if (pod.age !== undefined && pod.age < START_DEADLINE) return waiting(reason)
  return bad(withDetail(forHowLong(pod.status, pod.age), pod.detail))
}

function runningVerdict(pod: PodFacts): Health {
  const { ready } = pod
  const isReady =
    ready === undefined ? pod.status !== 'NotReady' : ready.ready >= ready.total && pod.status !== 'NotReady'
  const restarts = restartsVerdict(pod)
  if (isReady && pod.notReadyFor === undefined) return restarts ?? ok()
  if (restarts?.verdict === 'bad') return restarts
  const seconds = pod.notReadyFor ?? pod.age
  const what = ready ? state('state-containers-ready', ready) : state('state-not-ready')
  return byDeadline(seconds, READY_DEADLINE, withDetail(forHowLong(what, seconds), pod.detail))
}

/** Restarts are bad while they continue; undefined once the pod is stable. */
function restartsVerdict({ restarts, age, detail }: PodFacts): Health | undefined {
  if (restarts === undefined || restarts.count === 0 || restarts.ago === undefined) return undefined
  const { count, ago } = restarts
  const often = state('state-restarts', { n: count, ago: formatAge(ago) })
  const reason = detail ? state('state-in-brackets', { state: often, detail }) : often
  if (count < SOME_RESTARTS) return ago < RECENT_RESTART ? waiting(reason) : undefined
  if (ago < RECENT_RESTART) return bad(reason)
  // A container that exits every half hour is mostly running, so compare with its average interval.
  const usual = age === undefined ? 0 : (age - ago) / count
  return ago < RESTARTS_LATELY && ago < 3 * usual ? bad(reason) : undefined
}
