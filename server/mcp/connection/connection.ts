/**
 * One connection to an MCP server: an SDK client and its transport, used once. Both are discarded when it is lost,
 * since the SDK neither initialises again after a 404 (typescript-sdk#1708) nor fails pending calls of a lost SSE
 * stream.
 */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import type { ClientCapabilities, Tool } from '@modelcontextprotocol/sdk/types.js'
import type { jsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/types.js'
import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'
import type { Message } from '#shared/messages/message'
import { CREDENTIALS_CAPABILITY } from '#shared/session-credentials'
import type { SessionCredentials } from '#shared/session-credentials'
import { faultOf, plainWords } from '../errors'
import { LastWords } from './last-words'
import type { SessionOptions, SessionTiming } from '../session/options'
import { openTransport } from './transport'
import { within } from './within'

export interface ConnectionListener {
  /** The server closed it or was unreachable. */
  onClosed: (reason: Message) => void
  /** An error outside of our requests. */
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
    const capabilities = endpoint.transport === 'http' && endpoint.actAs && credentialsCapability(endpoint.actAs)
    this.client = new Client(clientInfo, { jsonSchemaValidator: NO_VALIDATION, ...(capabilities && { capabilities }) })
    this.transport = openTransport(endpoint, (text) => {
      this.stderr.hear(text)
      log.debug({ stderr: plainWords(text) }, 'MCP server')
    })
    // Deferred until after the SDK's connection error and the program's last output.
    this.client.onclose = () =>
      setImmediate(() => {
        const reason = this.closedReason()
        this.lost.abort(new LocalizedError(reason))
        listener.onClosed(reason)
      })
    this.client.onerror = listener.onError
    this.client.setNotificationHandler(ToolListChangedNotificationSchema, () => listener.onListChanged())
  }

  /** Aborted when the connection is lost, so that its calls fail at once. */
  get signal(): AbortSignal {
    return this.lost.signal
  }

  /** @throws Error, after closing everything that was opened */
  async open(onTools: (tools: Tool[]) => void): Promise<void> {
    const timeout = this.timing.connectMs
    try {
      // The SDK's timeout starts with `initialize`; ours also covers an SSE server that never sends its endpoint.
      const begun = this.client
        .connect(this.transport, { timeout })
        .then(() => this.listTools())
        .then(onTools)
      await within(timeout * 2, begun, this.signal)
    } catch (error) {
      this.lost.abort(error)
      await this.close()
      // A program's last output explains more than its exit.
      throw faultOf(error) === 'session' && this.stderr.words !== '' ? new LocalizedError(this.closedReason()) : error
    }
  }

  /** Reads all pages. */
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
  async discard(reason: Message): Promise<void> {
    this.lost.abort(new LocalizedError(reason))
    await this.close()
  }

  private async close(): Promise<void> {
    await this.client.close().catch(() => undefined)
    await this.transport.close().catch(() => undefined)
  }

  private closedReason(): Message {
    const { words } = this.stderr
    return words === '' ? msg('mcp-closed-connection') : msg('mcp-ended', { words })
  }
}

/**
 * Results are validated by their readers. The SDK would compile every tool's output schema at each listing, about 15 ms
 * for each tool.
 */
const NO_VALIDATION: jsonSchemaValidator = {
  getValidator: () => () => ({ valid: false, data: undefined, errorMessage: 'Output is not validated here.' }),
}

function credentialsCapability(credentials: SessionCredentials): ClientCapabilities {
  return { experimental: { [CREDENTIALS_CAPABILITY]: credentials } }
}

/** Maximum tools: no model's window would hold more. */
const MAX_TOOLS = 500
