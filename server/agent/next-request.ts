/** The beginning of a conversation's next request, as the loop itself will send it. */
import type { StepRequest } from '../model/types'
import type { KeptResults } from '../results'
import type { ApprovalGate } from './calls/approval-gate'
import { runTurn } from './turn'
import type { Conversation, TurnDeps } from './turn'

type NextDeps = Omit<TurnDeps, 'model' | 'results' | 'approvalGate' | 'record' | 'pauses'>

/** Stands for the next question. */
const UNKNOWN = { role: 'user', content: '' } as const

/**
 * Runs a turn up to its first request and returns that without the question. Calls no tool and no model.
 * @param history of the conversation so far; its last calls may be pending
 * @returns undefined if the turn would end before its first request
 */
export async function nextBeginning(
  history: Conversation['history'],
  deps: NextDeps,
): Promise<Pick<StepRequest, 'messages' | 'tools'> | undefined> {
  const captured = new AbortController()
  let first: StepRequest | undefined
  const model = {
    name: '',
    step: (request: StepRequest): Promise<never> => {
      first = request
      captured.abort()
      return Promise.reject(captured.signal.reason)
    },
  }
  const conversation = { history: [...history, UNKNOWN], waiting: [] }
  const turnDeps = {
    ...deps,
    model,
    results: NO_RESULTS,
    approvalGate: NO_APPROVALS,
    record: ignore,
    pauses: NO_PAUSES,
  }
  for await (const _ of runTurn(conversation, turnDeps, ignore, captured.signal));
  if (!first) return undefined
  const { messages, tools } = first
  const question = messages.findLastIndex(({ role }) => role === 'user')
  return { messages: messages.slice(0, question), tools }
}

const ignore = () => undefined
const NO_PAUSES = { busyMs: [], unreachableMs: [], restartMs: [] }
const unused = () => {
  throw new Error('a turn without calls needs neither results nor approvals')
}
const NO_RESULTS: KeptResults = { keep: unused, find: unused }
const NO_APPROVALS: ApprovalGate = { prepare: unused, replanned: unused, ask: unused, redeem: unused }
