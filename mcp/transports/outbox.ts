/** The messages of one SSE session that its client may not have received yet, numbered in their order. */
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'

export interface OutboxEvent {
  id: number
  /** The message as JSON. */
  data: string
  /** When it was written to a stream, in milliseconds since the epoch; absent: not yet. */
  writtenAt?: number
}

export interface OutboxLimits {
  /** Of all kept messages, in bytes of UTF-16. */
  maxBytes: number
  /** How long a written message is kept for a stream that proves to be broken, in milliseconds. */
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

  /** Numbers a message and keeps it. @returns undefined if more waits than may be kept: the session cannot go on */
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

  /** The client has received this event and all before it. */
  acknowledge(id: number): void {
    while (this.events[0] && this.events[0].id <= id) this.drop()
  }

  /**
   * What to send on a new stream, in order.
   * @param id the last event that the client received, absent if it does not tell
   * @returns undefined if an event that the client lacks is no longer kept
   */
  since(id: number | undefined): readonly OutboxEvent[] | undefined {
    if (id === undefined) return this.events
    if (id > this.lastId) return undefined
    const first = this.events[0]?.id ?? this.lastId + 1
    if (id + 1 < first) return undefined
    this.acknowledge(id)
    return this.events
  }

  /** Written messages go first when they are old or the room is needed; what was never written stays. */
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
