/** Seeds all cases of the corpus at once, and waits until their states have come about. */
import { execFile } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { z } from 'zod'
import { manifest, manifestsOf } from './corpus'
import type { Case } from './corpus'

const run = promisify(execFile)

/** In seconds: probes, Jobs and back-offs have shown themselves by then. */
const MIN_AGE = 40
const MAX_MS = 240_000

const objectSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().default(''),
    creationTimestamp: z.string(),
    deletionTimestamp: z.string().optional(),
    generation: z.number().optional(),
  }),
  spec: z.looseObject({ replicas: z.number().optional() }).optional(),
  status: z
    .looseObject({
      phase: z.string().optional(),
      observedGeneration: z.number().optional(),
      conditions: z
        .array(
          z.looseObject({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
          }),
        )
        .optional(),
      containerStatuses: z.array(z.unknown()).optional(),
    })
    .optional(),
})
type Live = z.infer<typeof objectSchema>

const KINDS = 'pods,deployments,statefulsets,jobs,horizontalpodautoscalers,persistentvolumeclaims'

export class Seed {
  constructor(
    private readonly kubeconfig: string,
    private readonly cases: readonly Case[],
  ) {}

  private async kubectl(...args: string[]): Promise<string> {
    return (await run('kubectl', ['--kubeconfig', this.kubeconfig, ...args], { maxBuffer: 64 << 20 })).stdout
  }

  /** Resolves when the states of all cases are there. */
  async apply(): Promise<void> {
    await this.send(this.cases.flatMap((each) => manifestsOf(each)))
    const later = this.cases.filter(({ then }) => then.length > 0)
    await this.until(later, isSettled)
    await this.send(later.flatMap((each) => each.then.map((short) => manifest(each.id, short))))
    for (const each of this.cases)
      for (const object of each.delete) await this.kubectl('delete', object, '-n', each.id, '--wait=false')
    await this.until(this.cases, isSettled, MIN_AGE)
  }

  async remove(): Promise<void> {
    await this.kubectl('patch', 'pvc', 'old', '-n', 'finalizer', '-p', '{"metadata":{"finalizers":null}}').catch(
      () => '',
    )
    await this.kubectl(
      'delete',
      'nodes,validatingwebhookconfigurations,storageclasses,namespaces',
      '-l',
      'corpus',
      '--wait=false',
    )
  }

  private async send(objects: object[]): Promise<void> {
    const order = [
      'Namespace',
      'Node',
      'StorageClass',
      'ServiceAccount',
      'ConfigMap',
      'Secret',
      'ResourceQuota',
      'LimitRange',
      'ValidatingWebhookConfiguration',
    ]
    const rank = (each: object) => ('kind' in each ? order.indexOf(String(each.kind)) : -1)
    const sorted = [...objects].sort(
      (one, other) => (rank(one) === -1 ? 99 : rank(one)) - (rank(other) === -1 ? 99 : rank(other)),
    )
    // A quota counts from the moment when its controller has seen it.
    const first = sorted.filter((each) => rank(each) !== -1)
    const rest = sorted.filter((each) => rank(each) === -1)
    for (const items of [first, rest]) {
      if (items.length === 0) continue
      const child = run(
        'kubectl',
        ['--kubeconfig', this.kubeconfig, 'apply', '--server-side', '--force-conflicts', '-f', '-'],
        { maxBuffer: 64 << 20 },
      )
      child.child.stdin?.end(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
      await child
    }
  }

  private async until(
    cases: readonly Case[],
    isDone: (each: Case, live: Live[], minAge: number) => boolean,
    minAge = 0,
  ): Promise<void> {
    const deadline = Date.now() + MAX_MS
    let waiting = cases
    while (waiting.length > 0) {
      const list = z
        .object({ items: z.array(objectSchema) })
        .parse(JSON.parse(await this.kubectl('get', KINDS, '-A', '-o', 'json')))
      const byNamespace = Map.groupBy(list.items, ({ metadata }) => metadata.namespace)
      waiting = waiting.filter((each) => !isDone(each, byNamespace.get(each.id) ?? [], minAge))
      if (waiting.length === 0) return
      if (Date.now() > deadline) throw new Error(`not settled: ${waiting.map(({ id }) => id).join(', ')}`)
      await setTimeout(1000)
    }
  }
}

function isSettled(each: Case, live: Live[], minAge: number): boolean {
  return live.every((object) => isStable(object, minAge)) && each.until.every((words) => isReached(words, live))
}

function isStable({ kind, metadata, status }: Live, minAge: number): boolean {
  if (
    metadata.generation !== undefined &&
    kind !== 'Pod' &&
    kind !== 'HorizontalPodAutoscaler' &&
    status?.observedGeneration !== undefined &&
    status.observedGeneration < metadata.generation
  )
    return false
  if (kind !== 'Pod') return true
  const age = (Date.now() - Date.parse(metadata.creationTimestamp)) / 1000
  // No scheduler has looked at it.
  const isUntouched = status?.conditions === undefined
  const isUnschedulable = status?.conditions?.some(({ reason }) => reason === 'Unschedulable') === true
  return age >= minAge && (isUntouched || isUnschedulable || (status?.containerStatuses?.length ?? 0) > 0)
}

function isReached(words: string, live: Live[]): boolean {
  const [object = '', state = '', ...text] = words.split(' ')
  const found = live.find(({ kind, metadata }) => `${kind}/${metadata.name}` === object)
  if (!found) return false
  const [type, value = 'True'] = state.split('=')
  if (type === 'older') return (Date.now() - Date.parse(found.metadata.deletionTimestamp ?? '')) / 1000 > Number(value)
  return (
    found.status?.conditions?.some(
      (each) => each.type === type && each.status === value && (each.message ?? '').includes(text.join(' ')),
    ) === true
  )
}
