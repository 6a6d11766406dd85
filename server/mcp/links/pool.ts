/** MCP links by identity: opened on demand, and closed when idle. */
import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'

/** Maximum identities with links, and how long unused ones stay, in milliseconds. */
const MAX_IDENTITIES = 200
const IDLE_MS = 10 * 60_000

export class TooManySessionsError extends LocalizedError {
  constructor() {
    super(msg('mcp-too-many-users'))
    this.name = 'TooManySessionsError'
  }
}

export interface Lease<T> {
  value: T
  /** Returns it to the pool. Idempotent. */
  release: () => void
}

interface Held<T> {
  links: T
  leases: number
  /** To find the one that has been unused for the longest time. */
  idleSince: number
  timer: NodeJS.Timeout | undefined
}

export class LinkPool<T extends { close: () => Promise<void> }> {
  private readonly held = new Map<string, Held<T>>()
  private readonly closing = new Set<Promise<void>>()

  constructor(private readonly options: { max?: number; idleMs?: number } = {}) {}

  /** Number of identities with links. */
  get size(): number {
    return this.held.size
  }

  /**
   * The links of an identity.
   * @param open called if there are none
   * @throws TooManySessionsError if all are in use
   */
  lease(identity: string, open: () => T): Lease<T> {
    const held = this.held.get(identity) ?? this.add(identity, open)
    clearTimeout(held.timer)
    held.leases++
    let released = false
    const release = () => {
      if (released) return
      released = true
      held.leases--
      if (held.leases === 0) this.rest(identity, held)
    }
    return { value: held.links, release }
  }

  /** Closes the links of an identity at once, also if they are in use. */
  drop(identity: string): void {
    const held = this.held.get(identity)
    if (held) this.remove(identity, held)
  }

  async close(): Promise<void> {
    for (const [identity, held] of this.held) this.remove(identity, held)
    await Promise.all(this.closing)
  }

  private add(identity: string, open: () => T): Held<T> {
    if (this.held.size >= (this.options.max ?? MAX_IDENTITIES)) this.makeRoom()
    const held: Held<T> = { links: open(), leases: 0, idleSince: 0, timer: undefined }
    this.held.set(identity, held)
    return held
  }

  private makeRoom(): void {
    const idle = [...this.held].filter(([, { leases }]) => leases === 0)
    const [oldest] = idle.sort(([, one], [, other]) => one.idleSince - other.idleSince)
    if (!oldest) throw new TooManySessionsError()
    this.remove(...oldest)
  }

  private rest(identity: string, held: Held<T>): void {
    held.idleSince = performance.now()
    held.timer = setTimeout(() => this.remove(identity, held), this.options.idleMs ?? IDLE_MS).unref()
  }

  private remove(identity: string, held: Held<T>): void {
    clearTimeout(held.timer)
    if (this.held.get(identity) === held) this.held.delete(identity)
    const closing = held.links.close().finally(() => this.closing.delete(closing))
    this.closing.add(closing)
  }
}
