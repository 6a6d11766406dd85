/** The session's tools as the loop sees them: safe names, flat schemas, and calls that answer instead of throwing. */
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import { CHANGE_META } from '#shared/change'
import type { RawToolResult } from '../../results/types'
import { McpUnavailableError, faultOf, mayHaveRun, wordsOf } from '../errors'
import { unknownOutcome } from './outcome'
import { flattenSchema, safeToolName } from './schema'
import { knownTool, recognise, serverOf } from '../servers'
import type { ServerId } from '../servers'
import type { McpSession } from '../session/session'
import type { ToolEntry, Toolbox } from './types'

/** Helm waits for hooks and for what it installs; its own default is five minutes. In milliseconds. */
const HELM_MS = 600_000

/** A change of ours waits for deletions and rollouts, of many objects one after the other. In milliseconds. */
const CHANGE_MS = 180_000

/** What the toolbox uses of a session. */
export type ToolSession = Pick<McpSession, 'listedTools' | 'onChange' | 'request' | 'status'>

/**
 * @param hidden names of arguments the model is never shown
 */
export function createToolbox(session: ToolSession, hidden: ReadonlySet<string>): Toolbox {
  let entries: ToolEntry[] = []
  let listed: readonly Tool[] | undefined
  let server: ServerId | undefined
  // The tools are listed before the session is ready, and only then does it know the server's name.
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
            // Not `callTool`, which throws if an answer does not fit the tool's own schema: the call has run all the same.
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
          return unknownOutcome(name, args, signal.aborted ? 'it was stopped while it ran' : wordsOf(error))
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
    return { name: tool.name, model, annotations: { readOnlyHint, destructiveHint }, ...(server && { server }) }
  })
}

/** Our own server reads releases itself and waits for nothing; it changes them by Helm. */
function slowMs(tool: string, server: ServerId | undefined, isChange: boolean): number | undefined {
  const isOwn = serverOf(server)?.isInProcess === true
  if (tool.includes('helm') && (isChange || !isOwn)) return HELM_MS
  return isChange ? CHANGE_MS : undefined
}

function failure(error: unknown): RawToolResult {
  if (error instanceof McpUnavailableError) return { isError: true, texts: [error.message] }
  const words = wordsOf(error).replace(/^(MCP error -?\d+: )+/, '')
  if (faultOf(error) === 'timeout') {
    const seconds = timeoutSeconds(error)
    const within = seconds === undefined ? 'in time' : `within ${seconds} s`
    return {
      isError: true,
      texts: [`The tool did not answer ${within}. The cluster or the MCP server may be busy.`],
    }
  }
  return { isError: true, texts: [words] }
}

const timeoutSchema = z.object({ data: z.object({ timeout: z.number() }) })

/** The SDK's error carries the limit that was exceeded, in milliseconds. */
function timeoutSeconds(error: unknown): number | undefined {
  const parsed = timeoutSchema.safeParse(error)
  return parsed.success ? parsed.data.data.timeout / 1000 : undefined
}

function rawResult(result: CallToolResult, tool: string, server: ServerId | undefined): RawToolResult {
  return {
    isError: result.isError === true,
    texts: result.content.map((block) => (block.type === 'text' ? block.text : `[${block.type} left out]`)),
    ...(result.structuredContent !== undefined && { structuredContent: result.structuredContent }),
    ...(serverOf(server)?.isStructured && { isStructured: true }),
    ...(knownTool(tool, server)?.isLog && { isLog: true }),
  }
}
