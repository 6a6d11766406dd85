/** Reads the end of the logs of failing containers: one pod of each workload, at once, within a deadline. */
import { builtInKind } from '../../../shared/kubernetes/built-in-kinds'
import { KubeError } from '../../kubernetes/errors/errors'
import { inParallel } from '../../kubernetes/list/in-parallel'
import type { ApiResource, Cluster } from '../../kubernetes/types'
import { read } from '../../tools/logs/request'
import { keyOf, refOf } from '../ref'
import { topOwner } from '../chains/owners'
import { troubledPods } from './troubled-pods'
import type { TroubledPod } from './troubled-pods'
import type { World } from './world'

const LINES = 80
/** Containers whose log is read. */
const MOST = 12
const AT_ONCE = 6
const MAX_MS = 3_000

const PODS: ApiResource = { ...builtInKind('Pod'), verbs: ['get'] }

interface Wanted {
  pod: TroubledPod
  container: string
  previous: boolean
}

/** Adds the logs to the world. A log that cannot be read is left out: it is evidence, not a fact that a check needs. */
export async function readLogs(cluster: Cluster, world: World, caller: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([caller, AbortSignal.timeout(MAX_MS)])
  await inParallel(wantedLogs(world).slice(0, MOST), AT_ONCE, async ({ pod, container, previous }) => {
    const lines: string[] = []
    const { name, namespace } = pod.facts
    try {
      const target = { client: cluster.client, resource: PODS, namespace, pod: name, container, previous, signal }
      await read(target, { tailLines: LINES, limitBytes: 128 * 1024 }, ({ text }) => void lines.push(text))
    } catch (error) {
      caller.throwIfAborted()
      if (!signal.aborted && !(error instanceof KubeError)) throw error
      return
    }
    world.addLog(refOf(pod.object), { container, previous, lines })
  })
}

function wantedLogs(world: World): Wanted[] {
  const seen = new Set<string>()
  return troubledPods(world).flatMap((pod) => {
    const owner = keyOf(topOwner(world, refOf(pod.object)))
    return pod.facts.containers.flatMap((container) => {
      if (!container.started || (container.ready && !container.last)) return []
      if (container.kind === 'init' && container.terminated?.exitCode === 0) return []
      // A workload's pods fail alike.
      const key = `${owner} ${container.name} ${container.ready}`
      if (seen.has(key)) return []
      seen.add(key)
      // What a container that runs now has written does not tell why its previous run ended.
      const previous = container.terminated === undefined && container.last !== undefined
      return { pod, container: container.name, previous }
    })
  })
}
