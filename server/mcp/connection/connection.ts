/**
 * One connection to an MCP server: an SDK client and its transport, used once. Both are thrown away when it is lost, since the
 * SDK neither initialises again after a 404 (typescript-sdk#1708) nor fails the calls in flight of a lost SSE stream.
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import type { jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js'
import { faultOf, plainWords } from '../errors'
import { LastWords } from './last-words'
import type { SessionOptions, SessionTiming } from '../session/options'
import { openTransport } from './transport'
import { within } from './within'

export interface ConnectionListener {
  /** The server closed it, or could not be reached. */
  onClosed: (reason: string) => void
  /** An error without a request of ours. */
  onError: (error: Error) => void
  onListChanged: () => void
}

export class Connection {
  readonly client: Client
  private readonly transport: Transport
  private readonly lost = new AbortController()
  private readonly stderr = new LastWords()

  constructor(
    { endpoint, clientInfo, log }: Pick<SessionOptions, 'endpoint' | 'clientInfo' | 'log'>,
    private readonly timing: SessionTiming,
    listener: ConnectionListener,
  ) {
    this.client = new Client(clientInfo, { jsonSchemaValidator: NO_VALIDATION })
    this.transport = openTransport(endpoint, (text) => {
      this.stderr.hear(text)
      log.debug({ stderr: plainWords(text) }, 'MCP server')
    })
    // Later than the error that the SDK throws when it cannot connect, and than the last that a program writes.
    this.client.onclose = () =>
      setImmediate(() => {
        this.lost.abort(new Error(this.closedWords()))
        listener.onClosed(this.closedWords())
      })
    this.client.onerror = listener.onError
    this.client.setNotificationHandler(ToolListChangedNotificationSchema, () => listener.onListChanged())
  }

  /** Aborted when the connection is lost, so that its calls fail at once instead of hanging. */
  get signal(): AbortSignal {
    return this.lost.signal
  }

  /** @throws Error, when all that was opened is closed again */
  async open(onTools: (tools: Tool[]) => void): Promise<void> {
    const timeout = this.timing.connectMs
    try {
      // The SDK's own timeout starts with `initialize`; an SSE server that never sends its endpoint is covered by ours.
      const begun = this.client
        .connect(this.transport, { timeout })
        .then(() => this.listTools())
        .then(onTools)
      await within(timeout * 2, begun, 'the MCP server did not answer', this.signal)
    } catch (error) {
      this.lost.abort(error)
      await this.close()
      // What a program wrote before it ended says more than that it has.
      throw faultOf(error) === 'session' && this.stderr.words !== '' ? new Error(this.closedWords()) : error
    }
  }

  /** All pages. */
  async listTools(): Promise<Tool[]> {
    const tools: Tool[] = []
    let cursor: string | undefined
    do {
      const page = await this.client.listTools(cursor ? { cursor } : {}, { timeout: this.timing.connectMs })
      tools.push(...page.tools)
      cursor = page.nextCursor
    } while (cursor && tools.length < MAX_TOOLS)
    return tools
  }

  async ping(): Promise<void> {
    await this.client.ping({ timeout: this.timing.pingMs })
  }

  /** Fails its calls and closes it. Never throws. */
  async discard(reason: string): Promise<void> {
    this.lost.abort(new Error(reason))
    await this.close()
  }

  private async close(): Promise<void> {
    await this.client.close().catch(() => undefined)
    await this.transport.close().catch(() => undefined)
  }

  private closedWords(): string {
    const { words } = this.stderr
    return words === '' ? 'the MCP server closed the connection' : `the MCP server ended: ${words}`
  }
}

/**
 * Results are checked where they are read. The SDK compiles every tool's output schema whenever it lists them, which takes
 * some 15 ms for each tool.
 */
const NO_VALIDATION: jsonSchemaValidator = {
  getValidator: () => () => ({ valid: false, data: undefined, errorMessage: 'Output is not validated here.' }),
}

/** A server with more tools than this is not listed further: none of the model's windows would hold them. */
const MAX_TOOLS = 500
