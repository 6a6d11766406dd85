/** The session's tools for the loop: safe names, flat schemas, and calls that return errors instead of throwing. */
import { serverToolNameSchema } from '#shared/tool-names'
import type { ServerToolName } from '#shared/tool-names'
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import { msg, quotedWords } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { CHANGE_META, UNAVAILABLE_META } from '#shared/changes/change'
import type { RawToolResult } from '../../results/types'
import { McpUnavailableError, faultOf, mayHaveRun, reasonOf, wordsOf } from '../errors'
import { unknownOutcome } from './outcome'
import { flattenSchema, safeToolName } from './schema'
import { knownTool, recognise, serverOf } from '../servers'
import type { ServerId } from '../servers'
import type { McpSession } from '../session/session'
import type { ToolEntry, Toolbox } from './types'

/** Helm waits for hooks and resources; its own default is five minutes. In milliseconds. */
const HELM_MS = 600_000

/** Our changes wait for deletions and rollouts, for many objects one after the other. In milliseconds. */
const CHANGE_MS = 180_000

/** The part of a session that the toolbox uses. */
export type ToolSession = Pick<McpSession, 'listedTools' | 'onChange' | 'request' | 'status'>

/** @param hidden argument names that the model never sees */
export function createToolbox(session: ToolSession, hidden: ReadonlySet<string>): Toolbox {
  let entries: ToolEntry[] = []
  let listed: readonly Tool[] | undefined
  let server: ServerId | undefined
  // Tools are listed before the session is ready, when the server's name is not yet known.
  session.onChange(() => {
    const tools = session.listedTools()
    const name = session.status().server?.name
    const names = tools.map((tool) => tool.name)
    const known = name === undefined && server !== undefined ? server : recognise(name, names)
    if (known === server && tools === listed) return
    server = known
    listed = tools
    entries = listEntries(tools, hidden, server)
  })

  return {
    tools: () => entries,
    async call(
      name,
      args,
      { signal, mutates = false, change, timeoutMs = slowMs(name, server, change !== undefined) },
    ) {
      let sent = false
      try {
        const result = await session.request(
          (client, options) => {
            sent = true
            // `callTool` would throw for a result that violates the tool's schema, although the call has run.
            return client.request(
              {
                method: 'tools/call',
                params: { name, arguments: args, ...(change && { _meta: { [CHANGE_META]: change } }) },
              },
              CallToolResultSchema,
              options,
            )
          },
          { signal, kind: mutates ? 'write' : 'read', ...(timeoutMs !== undefined && { timeoutMs }) },
        )
        return rawResult(result, name, server)
      } catch (error) {
        if (mutates && sent && (signal.aborted || mayHaveRun(error)))
          return unknownOutcome(name, args, signal.aborted ? msg('mcp-stopped-running') : reasonOf(error))
        signal.throwIfAborted()
        return failure(error)
      }
    },
  }
}

function listEntries(tools: readonly Tool[], hidden: ReadonlySet<string>, server: ServerId | undefined): ToolEntry[] {
  const taken = new Set<string>()
  return tools.map((tool) => {
    const name = safeToolName(tool.name, taken)
    taken.add(name)
    const parameters = flattenSchema(tool.inputSchema, hidden)
    const model = { name, description: tool.description ?? '', parameters }
    const { readOnlyHint, destructiveHint } = tool.annotations ?? {}
    return {
      name: serverToolNameSchema.parse(tool.name),
      model,
      annotations: { readOnlyHint, destructiveHint },
      ...(server && { server }),
      ...(serverOf(server)?.plansChanges && unavailability(tool)),
    }
  })
}

function unavailability({ _meta }: Tool): { unavailable?: string } {
  const reason = _meta?.[UNAVAILABLE_META]
  return typeof reason === 'string' ? { unavailable: reason } : {}
}

/** Our own server reads releases itself without waiting; it changes them through Helm. */
function slowMs(tool: ServerToolName, server: ServerId | undefined, isChange: boolean): number | undefined {
  const isOwn = serverOf(server)?.isInProcess === true
  if (tool.includes('helm') && (isChange || !isOwn)) return HELM_MS
  return isChange ? CHANGE_MS : undefined
}

function failure(error: unknown): RawToolResult {
  const detail = failureDetail(error)
  return { isError: true, texts: [detail.text], detail }
}

function failureDetail(error: unknown): Message {
  if (error instanceof McpUnavailableError) return error.detail
  if (faultOf(error) !== 'timeout') return quotedWords(wordsOf(error).replace(/^(MCP error -?\d+: )+/, ''))
  const seconds = timeoutSeconds(error)
  return seconds === undefined ? msg('mcp-tool-timeout') : msg('mcp-tool-timeout-seconds', { seconds })
}

const timeoutSchema = z.object({ data: z.object({ timeout: z.number() }) })

/** The SDK's error contains the exceeded limit, in milliseconds. */
function timeoutSeconds(error: unknown): number | undefined {
  const parsed = timeoutSchema.safeParse(error)
  return parsed.success ? parsed.data.data.timeout / 1000 : undefined
}

function rawResult(result: CallToolResult, tool: ServerToolName, server: ServerId | undefined): RawToolResult {
  return {
    isError: result.isError === true,
    texts: result.content.map((block) => (block.type === 'text' ? block.text : `[${block.type} left out]`)),
    ...(result.structuredContent !== undefined && { structuredContent: result.structuredContent }),
    ...(serverOf(server)?.isStructured && { isStructured: true }),
    ...(knownTool(tool, server)?.isLog && { isLog: true }),
  }
}
