/** Our own MCP server's report about its cluster: identity, or why no call can work. */
import { z } from 'zod'
import { detailOf, msg } from '#shared/messages/create'
import { localized, localizedSchema, messageFrom } from '#shared/messages/message'
import type { Message } from '#shared/messages/message'
import { clusterRefSchema } from '#shared/result'
import { waitFor } from '#shared/wait-for'
import { OWN_SERVER, recognise } from '../servers'
import type { McpSession } from '../session/session'

const URI = 'k8s://cluster'

const stateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ok'), cluster: clusterRefSchema }),
  z.object({ state: z.literal('error'), code: z.string(), text: z.string(), localized: localizedSchema.optional() }),
])
export type ClusterState = z.infer<typeof stateSchema>

/** Why no call can work. */
export function problemOf({ text, localized: own }: Extract<ClusterState, { state: 'error' }>): Message {
  return messageFrom(text, own)
}

const contentSchema = z.object({ text: z.string() })

/** Polling interval and time limit, in milliseconds. */
const EVERY_MS = 10_000
const READ_MS = 8000

export interface ClusterStateSource {
  /** As last read; undefined for other MCP servers and before the first read. */
  current: () => ClusterState | undefined
  /**
   * Reads it now.
   * @returns undefined for other MCP servers
   */
  refresh: (signal: AbortSignal) => Promise<ClusterState | undefined>
}

/** Of an MCP server that has no cluster of its own. */
export const NO_CLUSTER: ClusterStateSource = { current: () => undefined, refresh: async () => undefined }

type WatchedSession = Pick<McpSession, 'status' | 'listedTools' | 'request' | 'onChange'>

export class ClusterWatch implements ClusterStateSource {
  private state: ClusterState | undefined
  private timer: NodeJS.Timeout | undefined
  private reading: Promise<ClusterState | undefined> | undefined
  private readonly closed = new AbortController()
  private readonly listeners = new Set<() => void>()
  private wasReady = false

  constructor(
    private readonly session: WatchedSession,
    private readonly everyMs = EVERY_MS,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.read(), this.everyMs)
    this.timer.unref()
    this.session.onChange(() => {
      const isReady = this.session.status().state === 'ready'
      // The program may have been restarted with other credentials.
      if (isReady && !this.wasReady) void this.read()
      this.wasReady = isReady
    })
  }

  current(): ClusterState | undefined {
    return this.state
  }

  onChange(listener: () => void): void {
    this.listeners.add(listener)
  }

  refresh(signal: AbortSignal): Promise<ClusterState | undefined> {
    return waitFor(this.read(), signal)
  }

  close(): void {
    this.closed.abort()
    clearInterval(this.timer)
  }

  /** Concurrent callers share one read. Never throws. */
  read(): Promise<ClusterState | undefined> {
    this.reading ??= this.readOnce().finally(() => (this.reading = undefined))
    return this.reading
  }

  private async readOnce(): Promise<ClusterState | undefined> {
    if (this.session.status().state !== 'ready' || this.closed.signal.aborted) return this.state
    if (!this.isOwn()) return this.set(undefined)
    try {
      const { contents } = await this.session.request((client, options) => client.readResource({ uri: URI }, options), {
        signal: this.closed.signal,
        timeoutMs: READ_MS,
        kind: 'single-read',
      })
      const content = contentSchema.parse(contents[0])
      return this.set(stateSchema.parse(JSON.parse(content.text)))
    } catch (error) {
      if (this.closed.signal.aborted || this.session.status().state !== 'ready') return this.state
      const problem = msg('cluster-state-unreadable', { words: detailOf(error) })
      return this.set({ state: 'error', code: 'timeout', text: problem.text, localized: localized(problem) })
    }
  }

  private isOwn(): boolean {
    const names = this.session.listedTools().map((tool) => tool.name)
    return recognise(this.session.status().server?.name, names) === OWN_SERVER
  }

  private set(state: ClusterState | undefined): ClusterState | undefined {
    const changed = JSON.stringify(state) !== JSON.stringify(this.state)
    this.state = state
    if (changed) for (const listener of this.listeners) listener()
    return state
  }
}
