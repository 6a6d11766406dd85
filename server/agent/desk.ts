/** Where calls that change the cluster wait for a person. The loop knows this port; server/approvals is behind it. */
import type { Approval, ApprovalAnswer } from '#shared/approval'
import type { ToolStatus } from '#shared/result'
import type { ToolOutcome } from './events'

/** A call that the policy calls a write. */
export interface WriteCall {
  toolCallId: string
  /** The tool's name as the model knows it. */
  name: string
  /** The MCP server's own name. */
  tool: string
  arguments: Record<string, unknown>
}

/** A call of the conversation that waited when its turn ended, and what was said to it since. */
export interface WaitingCall {
  toolCallId: string
  /** The tool's name as the model knows it. */
  name: string
  /** The client does not hold the call any more: it is told of it again before its result. */
  arguments?: Record<string, unknown>
  /** Absent: nobody has answered, and now it is too late. */
  answer?: ApprovalAnswer
}

export type Redeemed =
  /** It may run now, once: with `arguments`. `call` is what the model had asked for. `report` is told what came of it. */
  | { kind: 'run'; arguments: Record<string, unknown>; call: WriteCall; report: (outcome: ToolOutcome) => void }
  | {
      kind: 'answer'
      status: Extract<ToolStatus, 'declined' | 'expired' | 'denied' | 'error'>
      text: string
      /** Where the approval was ours. */
      call?: WriteCall
    }

export type Asked =
  | { kind: 'asked'; approval: Approval; signature: string }
  /** It is nothing that a person could decide over. */
  | { kind: 'answer'; status: 'denied'; text: string }

export interface ApprovalDesk {
  /**
   * Prepares a call: reads what it would change, and signs what will run.
   * @param precededBy the last result before it
   * @throws the signal's reason when aborted
   */
  request: (call: WriteCall, precededBy: string | undefined, signal: AbortSignal) => Promise<Asked>
  /** Checks a person's answer, and claims the approval where it is good: a second time it is refused. */
  redeem: (waiting: WaitingCall) => Promise<Redeemed>
}
