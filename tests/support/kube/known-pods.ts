/** Thousands of non-running pods with known images, owners, nodes and states, in their own namespaces. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { inParallel } from '../../../mcp/kubernetes/list/in-parallel'
import type { KubeApi } from './kube-api'

export interface KnownPodsOptions {
  pods: number
  namespaces: number
}

export interface MadePod {
  name: string
  namespace: string
  image: string
  owner: string
  tier: string
  /** As kubectl prints it. */
  status: string
  restarts: number
}

export interface KnownPods {
  /** Prefix of all namespaces. */
  prefix: string
  pods: MadePod[]
  remove: () => Promise<void>
}

const IMAGES = [
  'nginx:1.29',
  'redis:8.2',
  'busybox:1.37',
  'registry.example.com/shop/api:2.4.1',
  'registry.example.com/shop/worker:0.9',
]
const TIERS = ['web', 'data', 'batch']
const AT_ONCE = 24

/** Longer than the resolution of creationTimestamp. */
const SECOND_MS = 1100

/**
 * The first pod is the oldest and the last one the newest by more than a second. Two in the last namespace are in
 * CrashLoopBackOff; a dozen have restarted, each a different number of times; a fifth are Running, all others Pending.
 */
export async function createKnownPods(api: KubeApi, options: KnownPodsOptions): Promise<KnownPods> {
  const prefix = `many-${randomUUID().slice(0, 8)}`
  const namespaces = Array.from({ length: options.namespaces }, (_, at) => `${prefix}-${String(at).padStart(2, '0')}`)
  const remove = async () => {
    await inParallel(namespaces, AT_ONCE, (name) =>
      api.send('DELETE', `/api/v1/namespaces/${name}`).catch(() => undefined),
    )
  }
  try {
    await inParallel(namespaces, AT_ONCE, (name) =>
      api.send('POST', '/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { 'many-pods': prefix } },
      }),
    )
    const uids = new Map<string, string>()
    await inParallel(
      namespaces.flatMap((namespace) => OWNERS.map((name) => ({ namespace, name }))),
      AT_ONCE,
      async ({ namespace, name }) => {
        const made = await api.send('POST', `/api/v1/namespaces/${namespace}/configmaps`, {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name },
        })
        uids.set(`${namespace}/${name}`, uidOf(made))
      },
    )
    await waitForServiceAccounts(api, namespaces)
    const pods = Array.from({ length: options.pods }, (_, at) => podAt(at, options, namespaces))
    const create = (pod: MadePod) => createPod(api, pod, uids.get(`${pod.namespace}/${pod.owner}`) ?? '')
    const [first, ...rest] = pods
    const last = rest.pop()
    if (first) await create(first)
    await pause()
    await inParallel(rest, AT_ONCE, create)
    await pause()
    if (last) await create(last)
    return { prefix, pods, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

const objectSchema = z.looseObject({ metadata: z.looseObject({ uid: z.string() }) })

const OWNERS = ['alpha', 'beta', 'gamma']

function podAt(at: number, { pods, namespaces: count }: KnownPodsOptions, namespaces: string[]): MadePod {
  const crashes = at === pods - 2 || at === pods - 3
  // The alphabetically first namespace has half of all pods, as in large-1.
  const inFirst = at % 2 === 0 && !crashes
  const namespace = crashes ? namespaces[count - 1] : namespaces[inFirst ? 0 : 1 + (at % (count - 1))]
  const restarts = crashes ? 40 + at - pods : at > 0 && at % 97 === 0 && at / 97 <= 12 ? at / 97 : 0
  return {
    name: `pod-${String(at).padStart(5, '0')}`,
    namespace: namespace ?? '',
    image: IMAGES[(at * 7) % IMAGES.length] ?? '',
    owner: OWNERS[(at * 5) % OWNERS.length] ?? '',
    tier: TIERS[(at * 3 + (at % 4)) % TIERS.length] ?? '',
    status: crashes ? 'CrashLoopBackOff' : restarts > 0 || at % 5 === 0 ? 'Running' : 'Pending',
    restarts,
  }
}

async function createPod(api: KubeApi, pod: MadePod, ownerUid: string): Promise<void> {
  const { name, namespace, image, owner, tier, status, restarts } = pod
  const path = `/api/v1/namespaces/${namespace}/pods`
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: { tier, 'many-pods': namespace.replace(/-\d+$/, '') },
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: owner, uid: ownerUid }],
    },
    // A scheduling gate keeps scheduler and kubelet away.
    spec: {
      schedulingGates: [{ name: 'example.com/never' }],
      automountServiceAccountToken: false,
      containers: [{ name: 'app', image }],
    },
  }
  await api.send('POST', path, body)
  if (status === 'Pending') return
  const started = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, '')
  const state = status === 'Running' ? { running: { startedAt: started } } : { waiting: { reason: status } }
  const ready = status === 'Running'
  await api.send('PUT', `${path}/${name}/status`, {
    ...body,
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [{ name: 'app', image, imageID: '', ready, started: ready, restartCount: restarts, state }],
    },
  })
}

/** `kubectl` prints a gated pod as SchedulingGated. */
export function printedStatus({ status }: MadePod): string {
  return status === 'Pending' ? 'SchedulingGated' : status
}

async function waitForServiceAccounts(api: KubeApi, namespaces: string[]): Promise<void> {
  await inParallel(namespaces, AT_ONCE, async (namespace) => {
    for (const deadline = Date.now() + 60_000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
      const found = await api.send('GET', `/api/v1/namespaces/${namespace}/serviceaccounts/default`).then(
        () => true,
        () => false,
      )
      if (found) return
      if (Date.now() > deadline) throw new Error(`${namespace} got no service account`)
    }
  })
}

function uidOf(object: unknown): string {
  return objectSchema.parse(object).metadata.uid
}

const pause = () => new Promise((resolve) => setTimeout(resolve, SECOND_MS))
