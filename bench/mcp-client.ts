/** An MCP client over streamable HTTP that reads responses without parsing them. */
import { Agent, request } from 'undici'
import { z } from 'zod'

export interface McpTarget {
  url: string
  headers: Record<string, string>
  /** Experimental client capabilities. */
  experimental?: Record<string, object>
}

export interface McpAnswer {
  ms: number
  bytes: number
  text: string
}

const CALL_MS = 300_000
const VERSION = '2025-06-18'

const capabilitiesOf = ({ experimental }: McpTarget) => (experimental ? { experimental } : {})

/** One session on one keep-alive connection. */
export class McpBenchSession {
  private readonly target: McpTarget
  private readonly agent = new Agent({ connections: 1, headersTimeout: CALL_MS, bodyTimeout: CALL_MS })
  private id = 0
  private session: string | undefined

  constructor(target: McpTarget) {
    this.target = target
  }

  async open(): Promise<void> {
    const clientInfo = { name: 'bench', version: '1' }
    const params = { protocolVersion: VERSION, capabilities: capabilitiesOf(this.target), clientInfo }
    await this.post({ id: ++this.id, method: 'initialize', params })
    await this.post({ method: 'notifications/initialized' })
  }

  /** @throws Error if the tool failed */
  async call(name: string, args: Record<string, unknown>): Promise<McpAnswer> {
    const startedAt = performance.now()
    const text = await this.post({ id: ++this.id, method: 'tools/call', params: { name, arguments: args } })
    const ms = performance.now() - startedAt
    if (/"isError":true|"error":\{/.test(text)) throw new Error(`${name} failed: ${text.slice(0, 1000)}`)
    return { ms, bytes: Buffer.byteLength(text), text }
  }

  async close(): Promise<void> {
    await this.agent.destroy()
  }

  private async post(message: object): Promise<string> {
    const { statusCode, headers, body } = await request(this.target.url, {
      method: 'POST',
      dispatcher: this.agent,
      headers: {
        ...this.target.headers,
        Accept: 'application/json, text/event-stream',
        'Content-Type': 'application/json',
        ...(this.session !== undefined && { 'Mcp-Session-Id': this.session, 'MCP-Protocol-Version': VERSION }),
      },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    })
    const text = await body.text()
    if (statusCode >= 300) throw new Error(`status ${statusCode}: ${text.slice(0, 500)}`)
    this.session ??= z.string().optional().parse(headers['mcp-session-id'])
    return text
  }
}

export async function openSessions(count: number, target: McpTarget): Promise<McpBenchSession[]> {
  const sessions = Array.from({ length: count }, () => new McpBenchSession(target))
  await Promise.all(sessions.map((session) => session.open()))
  return sessions
}
