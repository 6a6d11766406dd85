/** One HTTP+SSE session that outlives its stream: unsent and undelivered messages follow on the next stream. */
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { isJSONRPCRequest } from '@modelcontextprotocol/sdk/types.js'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'
import { randomBytes, randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { isEqual } from './access'
import { Outbox } from './outbox'
import type { OutboxEvent } from './outbox'

/** Authorises resuming a session that has no token. Sent with the stream; the client sends it back. */
export const RECOVERY_HEADER = 'Mcp-Recovery'

/** How long a session without a stream is kept, in milliseconds. */
const KEEP_MS = 60_000

/** How many request ids to remember for detecting repeats. */
const MAX_SEEN = 4096

/** In bytes. A client this far behind has stopped reading. */
const MAX_UNSENT = 64 * 1024 * 1024

export class SseSession implements Transport {
  readonly sessionId = randomUUID()
  onmessage?: NonNullable<Transport['onmessage']>
  onclose?: () => void
  onerror?: (error: Error) => void

  private readonly recovery = randomBytes(32).toString('base64url')
  private readonly outbox = new Outbox()
  private readonly seen = new Set<string>()
  private stream: ServerResponse | undefined
  private expiry: NodeJS.Timeout | undefined
  private closed = false

  /**
   * @param caller hash of the token that opened the session, empty if none was sent
   * @param endpoint path that the client posts to
   */
  constructor(
    private readonly caller: string,
    private readonly endpoint: string,
    private readonly keepMs = KEEP_MS,
  ) {}

  /** Required by Transport. Streams come from `attach`, before or after this. */
  async start(): Promise<void> {}

  get hasStream(): boolean {
    return this.stream !== undefined
  }

  /** True if this caller may post to the session. */
  belongsTo(caller: string): boolean {
    return isEqual(caller, this.caller)
  }

  /** True if this caller may receive the session's results. The session id proves nothing: it appears in URLs and logs. */
  mayResume(caller: string, recovery: string | undefined): boolean {
    if (!this.belongsTo(caller)) return false
    return this.caller !== '' || (recovery !== undefined && isEqual(recovery, this.recovery))
  }

  /**
   * Sends all messages on this stream from now on, missing ones first. Ends the former stream.
   * @param lastEventId the last event that the client received, if known
   * @returns false, without sending anything, if a missing message is no longer kept
   */
  attach(response: ServerResponse, lastEventId?: number): boolean {
    const missed = this.outbox.since(lastEventId)
    if (!missed) return false
    clearTimeout(this.expiry)
    const former = this.stream
    this.stream = response
    former?.destroy()
    response.on('close', () => this.detach(response))
    response.on('error', () => this.detach(response))
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
      [RECOVERY_HEADER]: this.recovery,
    })
    response.write(`event: endpoint\ndata: ${this.endpoint}?sessionId=${this.sessionId}\n\n`)
    for (const event of missed) this.write(event)
    return true
  }

  /** Handles a posted message. A repeated request is not run again. */
  receive(message: JSONRPCMessage): void {
    if (isJSONRPCRequest(message) && this.wasSeen(message.id)) return
    this.onmessage?.(message)
  }

  /** The client has received this event and all earlier ones. */
  acknowledge(id: number): void {
    this.outbox.acknowledge(id)
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (this.closed) throw new Error('The session is closed.')
    const event = this.outbox.add(message)
    if (event) return this.write(event)
    this.onerror?.(new Error('More results wait for the client than are kept: the session ends.'))
    await this.close()
  }

  /** Keeps proxies and idle timers from ending the stream, and drops old messages. */
  keepAlive(): void {
    this.stream?.write(': keepalive\n\n')
    this.outbox.dropOld()
  }

  async close(): Promise<void> {
    if (this.closed) return
    this.closed = true
    clearTimeout(this.expiry)
    const { stream } = this
    this.stream = undefined
    stream?.end()
    this.onclose?.()
  }

  private write(event: OutboxEvent): void {
    const { stream } = this
    if (!stream) return
    stream.write(`event: message\nid: ${event.id}\ndata: ${event.data}\n\n`)
    this.outbox.written(event)
    // The rest waits for the next stream.
    if (stream.writableLength > MAX_UNSENT) stream.destroy()
  }

  private detach(response: ServerResponse): void {
    if (this.stream !== response || this.closed) return
    this.stream = undefined
    this.expiry = setTimeout(() => void this.close(), this.keepMs).unref()
  }

  private wasSeen(id: string | number): boolean {
    const key = JSON.stringify(id)
    if (this.seen.has(key)) return true
    this.seen.add(key)
    const [oldest] = this.seen
    if (this.seen.size > MAX_SEEN && oldest !== undefined) this.seen.delete(oldest)
    return false
  }
}
