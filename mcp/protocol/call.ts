/** Runs one tool call and returns its answer or error as an MCP result. */
import { localized } from '../../shared/messages/message'
import { msg } from '../../shared/messages/create'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import type { ClusterRef, TextResult, ToolData } from '../../shared/result'
import { versionNotice } from '../../shared/kubernetes/version'
import { resultText } from '../../shared/results/result-text'
import { KubeError } from '../kubernetes/errors/errors'
import type { Cluster } from '../kubernetes/types'
import { readArguments } from '../tools/arguments'
import type { ReadTool, ToolAnswer, ToolArguments } from '../tools/tool'
import type { ReadRunbooks } from '../diagnose/runbooks/read-runbooks'
import type { Log } from './log'

/** Limit of the short text for clients that ignore structured content. */
const MAX_TEXT_TOKENS = 1200

export interface CallContext {
  /** @throws KubeError */
  cluster: () => Promise<Cluster>
  signal: AbortSignal
  now: () => number
  log: Log
  runbooks?: ReadRunbooks
}

export interface CallOutcome {
  result: CallToolResult
  /** Set if the call failed. */
  error?: KubeError
}

/** Throws only if the signal is aborted: all other errors become results that the model can read. */
export async function callTool(tool: ReadTool, args: unknown, context: CallContext): Promise<CallOutcome> {
  const { signal, now } = context
  const asOf = new Date(now()).toISOString()
  let cluster: ClusterRef | undefined
  try {
    const read = readArguments(args, tool)
    const opened = await context.cluster()
    cluster = await opened.identity(signal)
    const { runbooks } = context
    const answer = await tool.run(read, { cluster: opened, signal, now, ...(runbooks && { runbooks }) })
    // Read the identity again: the login may have been renewed after the API server refused the old one.
    return { result: success(answer, await opened.identity(signal), asOf, read) }
  } catch (error) {
    signal.throwIfAborted()
    return failure(error, tool.name, cluster, asOf, context.log)
  }
}

function success(answer: ToolAnswer, cluster: ClusterRef, asOf: string, args: ToolArguments): CallToolResult {
  const data = withNotice({ ...answer, cluster, asOf }, cluster)
  return {
    content: textContent(resultText(data, { maxTokens: MAX_TEXT_TOKENS, args: { ...args } })),
    structuredContent: { ...data },
  }
}

/** Old clusters get a notice with each answer: a bare version is easily overlooked. */
function withNotice(data: ToolData, { version }: ClusterRef): ToolData {
  const notice = versionNotice(version)
  if (!notice || !data.coverage) return data
  return { ...data, coverage: { ...data.coverage, notes: [notice, ...data.coverage.notes] } }
}

export function failure(
  error: unknown,
  tool: string,
  cluster: ClusterRef | undefined,
  asOf: string,
  log: Log,
): CallOutcome {
  const known = error instanceof KubeError ? error : undefined
  // The message of an unexpected error does not help the user; its stack helps the operator.
  if (!known) log.error({ tool, error: error instanceof Error ? error.stack : String(error) }, 'tool failed')
  const detail = known?.detail ?? msg('tool-defect', { tool })
  const { text } = detail
  const data: TextResult = {
    kind: 'text',
    text,
    code: known?.code ?? 'internal',
    params: known?.params ?? { tool },
    localized: localized(detail),
    asOf,
    ...(cluster && { cluster }),
  }
  return {
    result: { isError: true, content: textContent(text), structuredContent: { ...data } },
    ...(known && { error: known }),
  }
}

function textContent(text: string): CallToolResult['content'] {
  return [{ type: 'text', text }]
}
