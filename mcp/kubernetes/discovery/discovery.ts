/** The API server's kinds, cached for all callers. */
import { waitFor } from '../../../shared/wait-for'
import type { ApiResource, Discovery, KubeClient } from '../types'
import { matching, readKindName, unknownKind } from './kind-names'
import { readDiscovery } from './read-discovery'
import type { KnownKinds } from './read-discovery'
import { ownSignal } from './shared-work'

/** How long a miss is cached before discovery is repeated, in milliseconds. */
const MISS_MS = 2_000

/** Maximum age, since kinds are added and removed. In milliseconds. */
const MAX_AGE_MS = 10 * 60_000

export class CachedDiscovery implements Discovery {
  private known: { at: number; value: Promise<KnownKinds> } | undefined

  constructor(
    private readonly client: KubeClient,
    private readonly now: () => number = Date.now,
  ) {}

  async find(name: string, signal: AbortSignal): Promise<{ resource: ApiResource; alsoIn: ApiResource[] }> {
    const wanted = readKindName(name)
    for (const maxAge of [MAX_AGE_MS, MISS_MS]) {
      const { resources } = await this.read(signal, maxAge)
      const [resource, ...alsoIn] = matching(resources, wanted)
      if (resource) return { resource, alsoIn }
    }
    const { resources, unreachable } = await this.read(signal, MAX_AGE_MS)
    throw unknownKind(name, wanted, resources, unreachable)
  }

  async all(signal: AbortSignal): Promise<ApiResource[]> {
    const { resources } = await this.read(signal, MAX_AGE_MS)
    return resources.filter(({ verbs }) => verbs.includes('list'))
  }

  async unreachable(signal: AbortSignal): Promise<string[]> {
    return (await this.read(signal, MISS_MS)).unreachable
  }

  private read(signal: AbortSignal, maxAge: number): Promise<KnownKinds> {
    if (this.known && this.now() - this.known.at <= maxAge) return waitFor(this.known.value, signal)
    const value = readDiscovery(this.client, ownSignal())
    this.known = { at: this.now(), value }
    value.catch(() => {
      if (this.known?.value === value) this.known = undefined
    })
    return waitFor(value, signal)
  }
}
