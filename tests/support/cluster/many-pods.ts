/** Thousands of pods, created through the API within seconds. No node runs them. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { ApiError } from '../kube/kube-api'
import type { KubeApi } from '../kube/kube-api'

export interface ManyPodsOptions {
  count: number
  /** Number of namespaces, filled in turn. 40 by default. */
  namespaces?: number
  /** Prefix of the namespaces' names: `PREFIX-1`, `PREFIX-2`, … Random by default. */
  prefix?: string
  /** Properties of the pod with this number, from 0. */
  pod?: (at: number) => PodShape
}

export interface PodShape {
  labels?: Record<string, string>
  annotations?: Record<string, string>
  image?: string
  /**
   * They must exist, or the garbage collector deletes the pod. A controller that counts its pods would delete it too.
   */
  ownerReferences?: object[]
  /** Replaces the status of a running pod with one container, `app`. `pending` keeps the created status. */
  status?: object | 'pending'
}

export interface ManyPods {
  namespaces: string[]
  /** Deletes the namespaces and resolves when they are gone. */
  remove: () => Promise<void>
}

/** Concurrent requests. */
const AT_ONCE = 32
const GONE_MS = 300_000
const POLL_MS = 500

const listSchema = z.looseObject({ items: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })) })

/** @throws ApiError if the API server refuses one; created objects are removed first */
export async function createManyPods(api: KubeApi, options: ManyPodsOptions): Promise<ManyPods> {
  const { count, prefix = `many-${randomUUID().slice(0, 8)}`, pod } = options
  const namespaces = Array.from({ length: options.namespaces ?? 40 }, (_, at) => `${prefix}-${at + 1}`)
  const remove = () => removeNamespaces(api, namespaces)
  try {
    await inParallel(namespaces.length, async (at) => {
      const name = namespaces[at] ?? ''
      await api.send('POST', '/api/v1/namespaces', { metadata: { name } })
      await retried(() => api.send('GET', `/api/v1/namespaces/${name}/serviceaccounts/default`))
    })
    await inParallel(count, (at) => createPod(api, namespaces[at % namespaces.length] ?? '', at, pod?.(at) ?? {}))
    return { namespaces, remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function createPod(api: KubeApi, namespace: string, at: number, shape: PodShape): Promise<void> {
  const { labels, annotations, image = `registry.example.com/shop/service-${at % 25}:1.4.${at % 7}` } = shape
  const name = `service-${at % 25}-7d9c5b8f6d-${at.toString(36).padStart(5, '0')}`
  const path = `/api/v1/namespaces/${namespace}/pods`
  await api.send('POST', path, {
    metadata: {
      name,
      labels: { app: `service-${at % 25}`, 'pod-template-hash': '7d9c5b8f6d', ...labels },
      ...(annotations && { annotations }),
      ...(shape.ownerReferences && { ownerReferences: shape.ownerReferences }),
    },
    spec: {
      // No scheduler has this name, so the pod stays without a node and unchanged.
      schedulerName: 'none',
      automountServiceAccountToken: false,
      containers: [{ name: 'app', image, resources: { requests: { cpu: '10m', memory: '16Mi' } } }],
    },
  })
  if (shape.status !== 'pending')
    await api.send('PUT', `${path}/${name}/status`, { metadata: { name }, status: shape.status ?? running(at, image) })
}

function running(at: number, image: string): object {
  const startedAt = new Date().toISOString().replace(/\.\d+/, '')
  const podIP = `10.${200 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}`
  const conditions = ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
    type,
    status: 'True',
    lastTransitionTime: startedAt,
  }))
  const container = {
    name: 'app',
    image,
    imageID: `registry.example.com/shop@sha256:${'0'.repeat(64)}`,
    ready: true,
    started: true,
    restartCount: 0,
    state: { running: { startedAt } },
  }
  return {
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: startedAt,
    conditions,
    containerStatuses: [container],
  }
}

async function removeNamespaces(api: KubeApi, namespaces: string[]): Promise<void> {
  await inParallel(namespaces.length, async (at) => {
    await api.send('DELETE', `/api/v1/namespaces/${namespaces[at]}/pods?gracePeriodSeconds=0`).catch(ignoreMissing)
    await api.send('DELETE', `/api/v1/namespaces/${namespaces[at]}`).catch(ignoreMissing)
  })
  const ours = new Set(namespaces)
  for (const end = Date.now() + GONE_MS; Date.now() < end; await delay(POLL_MS)) {
    const { items } = listSchema.parse(await api.send('GET', '/api/v1/namespaces'))
    if (!items.some(({ metadata }) => ours.has(metadata.name))) return
  }
  throw new Error(`namespaces are not gone after ${GONE_MS / 1000} s: ${namespaces[0]}, …`)
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) throw error
}

/** A namespace accepts pods only after its service account was created. */
async function retried(work: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await work()
      return
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404 || tries > 100) throw error
      await delay(100)
    }
  }
}

async function inParallel(count: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, worker))
}
