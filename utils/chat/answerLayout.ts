/** The order in which an answer is shown: the words first, then the one result that it is about, the rest folded. */
import type { DynamicToolUIPart } from 'ai'
import type { ResultPart } from '#shared/result'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { hasProblems } from './answerVerdict'
import { resultsByCall } from './messages'
import { toolState, type ToolState } from './toolState'

type Part = AppUIMessage['parts'][number]
export type Words = Extract<Part, { type: 'text' | 'reasoning' }>

export interface Call {
  part: DynamicToolUIPart
  state: ToolState
  result?: ResultPart
}

export interface AnswerLayout {
  /** Text of all steps, and the last step's reasoning, in order. */
  words: Words[]
  /** Changes and what waits for a person: always open, in order. */
  changes: Call[]
  /** The read that the answer is about; absent while none has a result. */
  evidence?: Call
  /** The reads of the operator's runbook, in order: all are shown. */
  steps: Call[]
  /** All other reads, in order. */
  others: Call[]
  /** Reasoning of earlier steps. */
  thoughts: Words[]
}

/** Kinds of result that are worth a place of their own; the first is shown before the others. */
const EVIDENCE: ResultPart['kind'][] = ['table', 'object', 'log', 'yaml', 'text']
const CHANGES = new Set<ToolState['status']>(['needs-approval', 'approved', 'declined', 'expired', 'unknown'])

export function answerLayout(message: AppUIMessage): AnswerLayout {
  const results = resultsByCall(message)
  const words: Words[] = []
  const thoughts: Words[] = []
  const changes: Call[] = []
  const reads: Call[] = []
  const lastCall = message.parts.findLastIndex(({ type }) => type === 'dynamic-tool')
  message.parts.forEach((part, index) => {
    if (part.type === 'text') words.push(part)
    else if (part.type === 'reasoning') (index > lastCall ? words : thoughts).push(part)
    else if (part.type === 'dynamic-tool') {
      const result = results.get(part.toolCallId)
      const call: Call = { part, state: toolState(part), ...(result && { result }) }
      if (isChange(call)) changes.push(call)
      else reads.push(call)
    }
  })
  if (message.metadata?.runbook) return { words, thoughts, changes, steps: reads, others: [] }
  const evidence = evidenceOf(reads, changes.length > 0)
  const others = reads.filter((call) => call !== evidence)
  return { words, thoughts, changes, steps: [], others, ...(evidence && { evidence }) }
}

function isChange({ part, state, result }: Call): boolean {
  return (
    CHANGES.has(state.status) || part.approval !== undefined || result?.kind === 'outcome' || result?.kind === 'plan'
  )
}

/** A diagnosis, else the newest read that shows a problem, else that of the most telling kind; beside a change, and with nothing else, no failure. */
function evidenceOf(reads: readonly Call[], hasChanges: boolean): Call | undefined {
  const [only] = reads
  if (reads.length === 1 && !hasChanges) return only
  const isOk = ({ state }: Call) => state.status === 'ok'
  const diagnosis = reads.findLast((call) => isOk(call) && call.result?.kind === 'findings')
  const problems = diagnosis ?? reads.findLast((call) => isOk(call) && hasProblems(call.result))
  if (problems) return problems
  for (const kind of EVIDENCE) {
    const found = reads.findLast((call) => isOk(call) && call.result?.kind === kind)
    if (found) return found
  }
  // A server that sends no structured results, or one that is still at work.
  return reads.findLast(isOk) ?? (hasChanges ? undefined : reads.at(-1))
}
