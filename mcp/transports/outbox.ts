/** Numbered messages of one SSE session that its client may not have received yet. */
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'

export interface OutboxEvent {
  id: number
  /** The message as JSON. */
  data: string
  /** Milliseconds since the epoch; absent until it was written to a stream. */
  writtenAt?: number
}

export interface OutboxLimits {
  /** Limit for all kept messages, in bytes of UTF-16. */
  maxBytes: number
  /** How long to keep a written message in case its stream proves broken, in milliseconds. */
  keepMs: number
}

const LIMITS: OutboxLimits = { maxBytes: 64 * 1024 * 1024, keepMs: 60_000 }

export class Outbox {
  private events: OutboxEvent[] = []
  private bytes = 0
  private lastId = 0

  constructor(
    private readonly now: () => number = Date.now,
    private readonly limits: OutboxLimits = LIMITS,
  ) {}

  /**
   * Numbers and keeps a message.
   * @returns undefined if the limit is exceeded: the session must end
   */
  add(message: JSONRPCMessage): OutboxEvent | undefined {
    const event: OutboxEvent = { id: ++this.lastId, data: JSON.stringify(message) }
    this.events.push(event)
    this.bytes += sizeOf(event)
    this.dropOld()
    return this.bytes > this.limits.maxBytes && this.events.length > 1 ? undefined : event
  }

  written(event: OutboxEvent): void {
    event.writtenAt = this.now()
  }

  /** The client has received this event and all earlier ones. */
  acknowledge(id: number): void {
    while (this.events[0] && this.events[0].id <= id) this.drop()
  }

  /**
   * Returns the events to send on a new stream, in order.
   * @param id the last event that the client received, if known
   * @returns undefined if a missing event is no longer kept
   */
  since(id: number | undefined): readonly OutboxEvent[] | undefined {
    if (id === undefined) return this.events
    if (id > this.lastId) return undefined
    const first = this.events[0]?.id ?? this.lastId + 1
    if (id + 1 < first) return undefined
    this.acknowledge(id)
    return this.events
  }

  /** Drops written messages that are old or exceed the limit. Unwritten messages stay. */
  dropOld(): void {
    const { maxBytes, keepMs } = this.limits
    const now = this.now()
    for (let first = this.events[0]; first?.writtenAt !== undefined; first = this.events[0]) {
      if (now - first.writtenAt <= keepMs && this.bytes <= maxBytes) return
      this.drop()
    }
  }

  private drop(): void {
    const event = this.events.shift()
    if (event) this.bytes -= sizeOf(event)
  }
}

function sizeOf({ data }: OutboxEvent): number {
  return data.length * 2
}
