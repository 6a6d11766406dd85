/** Where calls that change the cluster wait for a person. The loop knows this port; server/approvals is behind it. */
import type { Approval, ApprovalAnswer } from '#shared/approval'
import type { ChangePhase, ChangePlan } from '#shared/change'
import type { ToolStatus } from '#shared/result'
import type { PreparedChange } from '../preview'
import type { ServerId } from '../mcp/servers'
import type { ToolOutcome } from './events'

/** A call that the policy calls a write. */
export interface WriteCall {
  toolCallId: string
  /** The tool's name as the model knows it. */
  name: string
  /** The MCP server's own name. */
  tool: string
  /** Whose tool it is; absent for a server that is not known. */
  server?: ServerId
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

/** What a call belongs to that is one of several of one request. */
export interface RequestPart {
  /** Of the request, the same for all its calls. */
  id: string
  /** Objects of the request that are asked for once this one has run: each by its arguments, in order. */
  rest: Record<string, unknown>[]
}

export type Redeemed =
  /** It may run now, once. `report` receives what came of it. */
  | {
      kind: 'run'
      call: WriteCall
      /** Present: our own server plans it again, and runs it if it is what was approved. */
      phase?: Extract<ChangePhase, { phase: 'run' }>
      part?: RequestPart
      /** What the card said, for the next one if the cluster shows something else by now. */
      shown: Shown[]
      report: (outcome: ToolOutcome) => void
    }
  | {
      kind: 'answer'
      status: Extract<ToolStatus, 'declined' | 'expired' | 'denied' | 'error'>
      text: string
      /** If the approval was ours. */
      call?: WriteCall
      part?: RequestPart
    }

/** An object of a card: what it was, and its diff. */
export interface Shown {
  /** `Deployment web in shop` */
  object: string
  uid?: string | undefined
  diff: string
}

/** Why there is nothing that a person could decide over. */
export interface NotAsked {
  kind: 'answer'
  status: Extract<ToolStatus, 'denied' | 'error'>
  text: string
  /** Of our own server's refusal, e.g. `missing-namespace`. */
  code?: string
}

export type Prepared =
  | { kind: 'change'; call: WriteCall; change: PreparedChange }
  /** The request is about several objects: a call for each, in this order. */
  | { kind: 'split'; calls: Record<string, unknown>[] }
  | NotAsked

export type Asked = { kind: 'asked'; approval: Approval; signature: string } | NotAsked

export interface Asking {
  /** The last result before it. */
  precededBy: string | undefined
  part?: RequestPart
}

export interface ApprovalDesk {
  /**
   * What a call would change, as the API server or the arguments say it. Asks nobody yet.
   * @throws the signal's reason when aborted
   */
  prepare: (call: WriteCall, signal: AbortSignal) => Promise<Prepared>
  /** A change whose plan came with the refusal of an older one. */
  replanned: (call: WriteCall, plan: ChangePlan, shown: readonly Shown[]) => Prepared
  /** Signs what will run, and puts it before a person. */
  ask: (prepared: Extract<Prepared, { kind: 'change' }>, asking: Asking) => Promise<Asked>
  /** Checks a person's answer, and claims the approval if it is good: a second time it is refused. */
  redeem: (waiting: WaitingCall, signal: AbortSignal) => Promise<Redeemed>
}
