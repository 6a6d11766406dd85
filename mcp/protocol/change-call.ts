/** Runs one call of a writing tool in its phase and returns the plan or outcome as an MCP result. */
import { msg } from '../../shared/messages/create'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { CHANGE_META, changePhaseSchema } from '../../shared/changes/change'
import type { ChangeOutcome, ChangePhase, ChangePlan, ChangeSplit } from '../../shared/changes/change'
import type { ClusterRef } from '../../shared/result'
import type { ChangeTool } from '../changes/change-tool'
import type { RunContext } from '../changes/run'
import type { WriteArguments } from '../changes/types'
import { KubeError } from '../kubernetes/errors/errors'
import { failure } from './call'
import type { CallContext, CallOutcome } from './call'
import { outcomeText, planText, splitText } from './change-text'

/** `plan-only` runs nothing; `planned` runs only approved plans; `direct` also runs changes without a plan. */
export type WriteMode = 'plan-only' | 'planned' | 'direct'

export interface ChangeCallContext extends CallContext {
  writes: WriteMode
  allowWithoutDryRun: boolean
}

/** How often an unapproved change is planned again. */
const MAX_PLANS = 3

/**
 * Throws only if the signal is aborted.
 * @param meta `_meta` of the request
 */
export async function callChangeTool(
  tool: ChangeTool,
  raw: unknown,
  meta: Record<string, unknown> | undefined,
  context: ChangeCallContext,
): Promise<CallOutcome> {
  const { signal, now, log } = context
  const asOf = new Date(now()).toISOString()
  let ref: ClusterRef | undefined
  let isRun = false
  try {
    const phase = readPhase(meta?.[CHANGE_META], context.writes, tool.name)
    isRun = phase?.phase !== 'plan'
    const calls = tool.read(raw)
    const cluster = await context.cluster()
    ref = await cluster.identity(signal)
    const opened: RunContext = { cluster, signal, now, allowWithoutDryRun: context.allowWithoutDryRun }
    return { result: await inPhase(tool, calls, phase, opened) }
  } catch (error) {
    signal.throwIfAborted()
    if (isRun && ref && error instanceof KubeError) {
      const notes = [error.detail]
      const outcome: ChangeOutcome = { kind: 'outcome', status: 'refused', cluster: ref, asOf, objects: [], notes }
      return { result: outcomeResult(outcome), error }
    }
    return failure(error, tool.name, ref, asOf, log)
  }
}

async function inPhase(
  tool: ChangeTool,
  calls: WriteArguments[],
  phase: ChangePhase | undefined,
  context: RunContext,
): Promise<CallToolResult> {
  const [only, ...others] = calls
  if (!only) throw new KubeError('invalid-arguments', msg('nothing-to-change', { tool: tool.name }))
  if (phase === undefined) return outcomeResult(await runAll(tool, calls, context))
  if (others.length === 0)
    return phase.phase === 'plan'
      ? planResult(await tool.plan(only, context))
      : outcomeResult(await tool.run(only, phase, context))
  if (phase.phase === 'run') throw new KubeError('invalid-arguments', msg('plan-one-object'))
  return splitResult({ kind: 'split', calls, asOf: new Date(context.now()).toISOString() })
}

/** @throws KubeError */
function readPhase(meta: unknown, writes: WriteMode, tool: string): ChangePhase | undefined {
  if (meta === undefined && writes === 'direct') return undefined
  if (meta === undefined) throw new KubeError('not-planned', msg('plan-needed', { tool }))
  const parsed = changePhaseSchema.safeParse(meta)
  if (writes === 'plan-only' && parsed.data?.phase === 'run')
    throw new KubeError('read-only', msg('plans-only', { tool }))
  if (parsed.success) return parsed.data
  throw new KubeError('invalid-arguments', msg('phase-unknown', { tool }))
}

/** No approval binds these calls, so a fresh plan is as good as the first one. */
async function runAll(tool: ChangeTool, calls: WriteArguments[], context: RunContext): Promise<ChangeOutcome> {
  const outcomes: ChangeOutcome[] = []
  for (const args of calls) {
    const outcome = await runNow(tool, args, context, outcomes.at(-1))
    outcomes.push(outcome)
    if (outcome.status !== 'done') break
  }
  return merged(outcomes, calls.length)
}

async function runNow(
  tool: ChangeTool,
  args: WriteArguments,
  context: RunContext,
  before: ChangeOutcome | undefined,
): Promise<ChangeOutcome> {
  try {
    let plan = await tool.plan(args, context)
    for (let plans = 1; ; plans++) {
      const outcome = await tool.run(args, plan, context)
      if (outcome.status !== 'changed' || !outcome.plan || plans === MAX_PLANS) return outcome
      plan = outcome.plan
    }
  } catch (error) {
    if (!(error instanceof KubeError) || !before) throw error
    return { ...before, status: 'refused', objects: [], notes: [error.detail] }
  }
}

function merged(outcomes: readonly ChangeOutcome[], wanted: number): ChangeOutcome {
  const last = outcomes.at(-1)
  if (!last) throw new Error('no change was run')
  const left = wanted - outcomes.length
  const isDone = outcomes.some(({ status }) => status === 'done')
  return {
    ...last,
    status: last.status === 'refused' && isDone ? 'partly' : last.status,
    objects: outcomes.flatMap(({ objects }) => objects),
    notes: [...outcomes.flatMap(({ notes }) => notes), ...(left > 0 ? [msg('calls-not-tried', { left })] : [])],
  }
}

function planResult(plan: ChangePlan): CallToolResult {
  return { content: [{ type: 'text', text: planText(plan) }], structuredContent: { ...plan } }
}

function splitResult(split: ChangeSplit): CallToolResult {
  return { content: [{ type: 'text', text: splitText(split) }], structuredContent: { ...split } }
}

function outcomeResult(outcome: ChangeOutcome): CallToolResult {
  const isError = outcome.status !== 'done'
  const content: CallToolResult['content'] = [{ type: 'text', text: outcomeText(outcome) }]
  return { content, structuredContent: { ...outcome }, ...(isError && { isError }) }
}
