/** The MCP program as a child process, with the SDK's client, which validates results. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { mcpEntry } from '../../../scripts/paths.mjs'
import { toolDataSchema } from '../../../shared/result'
import type { ToolData } from '../../../shared/result'
import type { Env } from '../app/program'

export interface McpProgramOptions {
  /** `http`: embedded mode on a loopback port, as in the application, with session credentials. */
  transport: 'stdio' | 'http'
  /** The whole environment except PATH and HOME. */
  env: Env
  /** Path of the program; defaults to the build. */
  program?: string
  /** Arguments, e.g. `--writes`. */
  args?: string[]
  /** Wraps the command, e.g. in `unshare`; the wrapper must exec the program. */
  wrap?: (command: string[]) => string[]
}

export interface ToolReply {
  isError: boolean
  data: ToolData
}

export interface McpSession {
  client: Client
  /** @throws McpError if the session or the program ended */
  call: (tool: string, args: Record<string, unknown>) => Promise<ToolReply>
  close: () => Promise<void>
}

export interface McpProgram {
  pid: number
  /** For `http`: the URL of `/mcp` and its headers. */
  endpoint: { url: string; headers: Record<string, string> } | undefined
  /** Opened at the start, without its own credentials. */
  session: McpSession
  /** Opens another session over `http`. */
  open: (credentials?: unknown) => Promise<McpSession>
  logs: () => string[]
  /** Sends SIGKILL; resolves when the process has ended. */
  kill: () => Promise<void>
  /** Closes the session and ends the program as a client does; resolves when the process has ended. */
  stop: () => Promise<void>
}

const CREDENTIALS_CAPABILITY = 'k8s-ai-assistant/credentials'
const SECRET = 'secret-of-this-test-program'
const CALL_MS = 120_000
const STOP_MS = 10_000

const listeningSchema = z.object({ listening: z.string() })

/** TEST_MCP_PROGRAM selects another build of the program. */
function builtProgram(): string {
  return process.env.TEST_MCP_PROGRAM || mcpEntry
}

/** @throws Error with the program's output if it does not start */
export async function startMcpProgram(options: McpProgramOptions): Promise<McpProgram> {
  return options.transport === 'stdio' ? await startStdio(options) : await startHttp(options)
}

/**
 * Connects the SDK's client.
 * @param credentials the session's credentials for `initialize`
 */
async function openMcpSession(transport: Transport, credentials?: unknown): Promise<McpSession> {
  const experimental = credentials === undefined ? undefined : { [CREDENTIALS_CAPABILITY]: objectOf(credentials) }
  const capabilities = experimental ? { experimental } : {}
  const client = new Client({ name: 'test', version: '1' }, { capabilities })
  await client.connect(transport)
  return {
    client,
    call: async (name, args) => {
      const options = { timeout: CALL_MS }
      // `request` instead of `callTool`, which would compile each answer's schema.
      const params = { name, arguments: args }
      const reply = await client.request({ method: 'tools/call', params }, CallToolResultSchema, options)
      return { isError: reply.isError === true, data: toolDataSchema.parse(reply.structuredContent) }
    },
    close: () => client.close(),
  }
}

async function startStdio(options: McpProgramOptions): Promise<McpProgram> {
  const { env, program = builtProgram(), args: more = [], wrap = same } = options
  const [command = '', ...args] = wrap([process.execPath, program, ...more])
  const transport = new StdioClientTransport({ command, args, env: defined(env), stderr: 'pipe' })
  const lines: string[] = []
  // A PassThrough that exists before the start.
  transport.stderr?.on('data', (piece: Buffer) => lines.push(...piece.toString().trimEnd().split('\n')))
  const session = await openMcpSession(transport).catch((error: unknown) => {
    throw new Error(['The MCP program did not start:', String(error), ...lines].join('\n  '))
  })
  const pid = transport.pid ?? 0
  const gone = new Promise<void>((resolve) => (session.client.onclose = resolve))
  return {
    pid,
    endpoint: undefined,
    session,
    open: () => Promise.reject(new Error('stdio has one session')),
    logs: () => [...lines],
    kill: async () => {
      process.kill(pid, 'SIGKILL')
      await gone
    },
    stop: () => session.close(),
  }
}

async function startHttp(options: McpProgramOptions): Promise<McpProgram> {
  const { env, program = builtProgram(), args: more = [], wrap = same } = options
  const { PATH = '', HOME = '' } = process.env
  const [command = '', ...args] = wrap([process.execPath, program, '--listen', '127.0.0.1:0', ...more])
  const child = spawn(command, args, {
    env: { PATH, HOME, ...defined(env), MCP_SECRET: SECRET },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)
  const lines: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line))
  const exited = once(child, 'exit').finally(() => process.off('exit', killAtExit))
  const [first] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), exited])
  if (typeof first !== 'string') throw new Error(['The MCP program did not start:', ...lines].join('\n  '))
  const url = listeningSchema.parse(JSON.parse(first)).listening
  const endpoint = { url, headers: { Authorization: `Bearer ${SECRET}` } }
  const open = (credentials?: unknown) =>
    openMcpSession(
      new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: endpoint.headers } }),
      credentials,
    )
  const session = await open()
  return {
    pid: child.pid ?? 0,
    endpoint,
    session,
    open,
    logs: () => [...lines],
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
    stop: async () => {
      await session.close().catch(() => undefined)
      child.stdin.end()
      const timer = setTimeout(killAtExit, STOP_MS)
      await exited
      clearTimeout(timer)
    },
  }
}

function same(command: string[]): string[] {
  return command
}

function objectOf(value: unknown): object {
  return z.looseObject({}).parse(value)
}

function defined(env: Env): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
