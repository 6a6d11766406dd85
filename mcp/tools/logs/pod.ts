/** A pod as the log tool needs it: its containers in order, with their states as kubectl prints them. */
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import { KubeError } from '../../kubernetes/errors/errors'
import type { KubeObject } from '../../kubernetes/types'

const terminatedSchema = z.object({
  exitCode: z.number(),
  reason: z.string().optional(),
  message: z.string().optional(),
  startedAt: z.string().nullish(),
  finishedAt: z.string().nullish(),
})
const stateSchema = z
  .object({
    waiting: z.object({ reason: z.string().optional(), message: z.string().optional() }).nullish(),
    running: z.object({ startedAt: z.string().nullish() }).nullish(),
    terminated: terminatedSchema.nullish(),
  })
  .nullish()

const statusSchema = z.object({
  name: z.string(),
  ready: z.boolean().optional(),
  restartCount: z.number().optional(),
  containerID: z.string().optional(),
  state: stateSchema,
  lastState: stateSchema,
})
const containerSchema = z.object({
  name: z.string(),
  image: z.string().optional(),
  restartPolicy: z.string().optional(),
})
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish()

const podSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string().default('default'),
    creationTimestamp: z.string().optional(),
    deletionTimestamp: z.string().nullish(),
    annotations: z.record(z.string(), z.string()).nullish(),
    ownerReferences: list(z.object({ kind: z.string(), name: z.string(), controller: z.boolean().nullish() })),
  }),
  spec: z.object({
    nodeName: z.string().optional(),
    containers: z.array(containerSchema),
    initContainers: list(containerSchema),
    ephemeralContainers: list(containerSchema),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      reason: z.string().optional(),
      message: z.string().optional(),
      conditions: list(
        z.object({
          type: z.string(),
          status: z.string(),
          reason: z.string().optional(),
          message: z.string().optional(),
        }),
      ),
      containerStatuses: list(statusSchema),
      initContainerStatuses: list(statusSchema),
      ephemeralContainerStatuses: list(statusSchema),
    })
    .default({}),
})

export type Terminated = z.infer<typeof terminatedSchema>
export type ContainerKind = 'init' | 'sidecar' | 'app' | 'ephemeral'

export interface Container {
  name: string
  image: string
  /** `sidecar`: an init container that keeps running. */
  kind: ContainerKind
  ready: boolean
  restarts: number
  /** Whether any run exists that can have a log. */
  started: boolean
  waiting: { reason: string; message: string } | undefined
  /** When the current run started; undefined if none runs. */
  runningSince: string | undefined
  terminated: Terminated | undefined
  /** How the previous run ended. */
  last: Terminated | undefined
}

export interface Pod {
  name: string
  namespace: string
  created: number
  deleting: boolean
  node: string | undefined
  phase: string
  /** The pod's own reason, e.g. `Evicted`. */
  reason: string | undefined
  message: string | undefined
  defaultContainer: string | undefined
  owner: { kind: string; name: string } | undefined
  /** The condition PodScheduled, unless it is true. */
  unscheduled: { reason: string; message: string } | undefined
  containers: Container[]
}

/** @throws KubeError `server-error` if it is not a pod */
export function readPod(object: KubeObject): Pod {
  const parsed = podSchema.safeParse(object)
  if (!parsed.success) {
    const raw = z.prettifyError(parsed.error)
    throw new KubeError('server-error', msg('pod-unknown-form'), {}, raw)
  }
  const { metadata, spec, status } = parsed.data
  const owners = metadata.ownerReferences ?? []
  const owner = owners.find(({ controller }) => controller) ?? owners[0]
  const scheduled = status.conditions?.find(({ type }) => type === 'PodScheduled')
  const isScheduled = spec.nodeName !== undefined || scheduled?.status === 'True'
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    created: Date.parse(metadata.creationTimestamp ?? '') || 0,
    deleting: Boolean(metadata.deletionTimestamp),
    node: spec.nodeName,
    phase: status.phase ?? 'Pending',
    reason: status.reason,
    message: status.message,
    defaultContainer: metadata.annotations?.['kubectl.kubernetes.io/default-container'],
    owner: owner && { kind: owner.kind, name: owner.name },
    unscheduled: isScheduled ? undefined : { reason: scheduled?.reason ?? '', message: scheduled?.message ?? '' },
    containers: [
      ...(spec.initContainers ?? []).map((container) =>
        readContainer(
          container,
          container.restartPolicy === 'Always' ? 'sidecar' : 'init',
          status.initContainerStatuses,
        ),
      ),
      ...spec.containers.map((container) => readContainer(container, 'app', status.containerStatuses)),
      ...(spec.ephemeralContainers ?? []).map((container) =>
        readContainer(container, 'ephemeral', status.ephemeralContainerStatuses),
      ),
    ],
  }
}

function readContainer(
  { name, image = '' }: z.infer<typeof containerSchema>,
  kind: ContainerKind,
  statuses: z.infer<typeof statusSchema>[] | null | undefined,
): Container {
  const status = statuses?.find((one) => one.name === name)
  const { state, lastState } = status ?? {}
  const waiting = state?.waiting ?? (state?.running || state?.terminated ? undefined : {})
  return {
    name,
    image,
    kind,
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    started: Boolean(state?.running || state?.terminated || lastState?.terminated || status?.restartCount),
    waiting: waiting && { reason: waiting.reason ?? '', message: waiting.message ?? '' },
    runningSince: state?.running ? (state.running.startedAt ?? '') : undefined,
    terminated: state?.terminated ?? undefined,
    last: lastState?.terminated ?? undefined,
  }
}

/** `Error (exit code 2)`, `OOMKilled (exit code 137)`, `Completed`. */
export function endText({ exitCode, reason }: Terminated): string {
  if (exitCode === 0) return reason ?? 'Completed'
  return `${reason ?? 'Error'} (exit code ${exitCode})`
}

/** A container's state as kubectl prints it, with `Init:` for an init container that the pod waits for. */
export function stateText(container: Container, pod: Pod): string {
  const { kind, waiting, terminated, last, runningSince, ready } = container
  const init = kind === 'init' && currentInit(pod)?.name === container.name
  if (terminated) return init ? `Init:${endText(terminated)}` : endText(terminated)
  if (waiting) {
    const reason = waiting.reason || (pod.unscheduled ? 'Pending' : 'Waiting')
    return init && container.started ? `Init:${reason}` : reason
  }
  if (init) return `Init:${initProgress(pod)}`
  const parts = [runningSince === undefined ? 'Unknown' : 'Running']
  if (!ready && kind === 'app') parts.push('not ready')
  if (last && last.exitCode !== 0) parts.push(`last ended ${endText(last)}`)
  return parts.join(', ')
}

/** `0/1`: completed init containers of all. */
function initProgress(pod: Pod): string {
  const inits = pod.containers.filter(({ kind }) => kind === 'init')
  const done = inits.filter(({ terminated }) => terminated?.exitCode === 0)
  return `${done.length}/${inits.length}`
}

/** The init container that the pod waits for; undefined after the init phase. */
export function currentInit(pod: Pod): Container | undefined {
  if (pod.containers.some(({ kind, started }) => kind === 'app' && started)) return undefined
  return pod.containers.find(
    ({ kind, terminated, runningSince }) =>
      (kind === 'init' && terminated?.exitCode !== 0) || (kind === 'sidecar' && runningSince === undefined),
  )
}
