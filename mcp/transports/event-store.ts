/** Keeps the latest messages of one streamable HTTP session, so that the SDK can resend them on a new stream. */
import type { EventStore } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'

interface Stored {
  id: number
  stream: string
  data: string
}

/** In characters of JSON. */
const MAX_SIZE = 16 * 1024 * 1024
const MAX_EVENTS = 256

export class RecentEvents implements EventStore {
  private events: Stored[] = []
  private size = 0
  private lastId = 0

  async storeEvent(stream: string, message: JSONRPCMessage): Promise<string> {
    const data = JSON.stringify(message)
    const id = ++this.lastId
    this.events.push({ id, stream, data })
    this.size += data.length
    // The latest message is always kept, however large.
    while (this.events.length > MAX_EVENTS || (this.size > MAX_SIZE && this.events.length > 1))
      this.size -= this.events.shift()?.data.length ?? 0
    return String(id)
  }

  async getStreamIdForEventId(eventId: string): Promise<string | undefined> {
    return this.events.find(({ id }) => String(id) === eventId)?.stream
  }

  async replayEventsAfter(
    lastEventId: string,
    { send }: { send: (eventId: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const stream = await this.getStreamIdForEventId(lastEventId)
    if (stream === undefined) throw new Error('The event is no longer kept.')
    const missed = this.events.filter((event) => event.stream === stream && event.id > Number(lastEventId))
    for (const { id, data } of missed) await send(String(id), JSON.parse(data))
    return stream
  }
}
