/** Pools clusters: sessions with equal credentials share one, and an unused one is closed after a while. */
import { createHash } from 'node:crypto'
import type { Cluster } from '../kubernetes/types'

/** How long an unused cluster stays open, in milliseconds, so that a client that reconnects finds it warm. */
const IDLE_MS = 60_000

export interface OpenCluster {
  cluster: Cluster
  close: () => Promise<void>
}

export interface ClusterLease {
  cluster: Cluster
  /** Returns the cluster to the pool. Idempotent. */
  release: () => void
}

interface Shared {
  opened: Promise<OpenCluster>
  leases: number
  idle: NodeJS.Timeout | undefined
}

export class ClusterPool {
  private readonly shared = new Map<string, Shared>()

  /** @param open checks the credentials and opens a cluster with them; throws KubeError */
  constructor(
    private readonly open: (credentials: unknown) => Promise<OpenCluster>,
    private readonly idleMs = IDLE_MS,
  ) {}

  /** Number of open clusters. */
  get size(): number {
    return this.shared.size
  }

  /** @throws KubeError if the credentials are invalid */
  async lease(credentials: unknown): Promise<ClusterLease> {
    const key = createHash('sha256').update(canonical(credentials)).digest('hex')
    const shared = this.shared.get(key) ?? this.add(key, credentials)
    clearTimeout(shared.idle)
    shared.leases++
    try {
      const { cluster } = await shared.opened
      let released = false
      const release = () => {
        if (released) return
        released = true
        this.giveBack(key, shared)
      }
      return { cluster, release }
    } catch (error) {
      if (this.shared.get(key) === shared) this.shared.delete(key)
      throw error
    }
  }

  async close(): Promise<void> {
    const all = [...this.shared.values()]
    this.shared.clear()
    for (const { idle } of all) clearTimeout(idle)
    await Promise.allSettled(all.map(async ({ opened }) => (await opened).close()))
  }

  private add(key: string, credentials: unknown): Shared {
    const shared: Shared = { opened: this.open(credentials), leases: 0, idle: undefined }
    this.shared.set(key, shared)
    return shared
  }

  private giveBack(key: string, shared: Shared): void {
    shared.leases--
    if (shared.leases > 0) return
    shared.idle = setTimeout(() => {
      if (this.shared.get(key) === shared) this.shared.delete(key)
      void shared.opened.then(({ close }) => close()).catch(() => undefined)
    }, this.idleMs).unref()
  }
}

/** Serializes credentials independently of the order of their fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}
