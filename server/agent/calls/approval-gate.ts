/** Port of the loop to the approval of writes, implemented by server/approvals. */
import type { ModelToolName, ServerToolName } from '#shared/tool-names'
import type { Approval, ApprovalAnswer } from '#shared/approval'
import type { ChangePhase, ChangePlan } from '#shared/change'
import type { Message } from '#shared/messages/message'
import type { ToolStatus } from '#shared/result'
import type { PreparedChange } from '../../preview'
import type { ServerId } from '../../mcp/servers'
import type { ToolOutcome } from '../events'

/** A call that the policy classifies as a write. */
export interface WriteCall {
  toolCallId: string
  name: ModelToolName
  tool: ServerToolName
  /** The tool's server; absent if unknown. */
  server?: ServerId
  arguments: Record<string, unknown>
}

/** A pending call of the conversation, and its answer if there is one. */
export interface WaitingCall {
  toolCallId: string
  name: ModelToolName
  /** Set if the client no longer has the call: it is sent again before its result. */
  arguments?: Record<string, unknown>
  /** Absent: nobody answered in time. */
  answer?: ApprovalAnswer
}

/** The request of a call that is one of several. */
export interface RequestPart {
  /** Shared by all calls of the request. */
  id: string
  /** Arguments of the remaining objects, requested after this one has run, in order. */
  rest: Record<string, unknown>[]
}

export type Redeemed =
  /** The call may run now, once. `report` receives the outcome. */
  | {
      kind: 'run'
      call: WriteCall
      /** Set for our own server: it plans again and runs only an identical plan. */
      phase?: Extract<ChangePhase, { phase: 'run' }>
      part?: RequestPart
      /** The content of the card, to compare with a new plan. */
      shown: Shown[]
      report: (outcome: ToolOutcome) => void
    }
  | {
      kind: 'answer'
      status: Extract<ToolStatus, 'declined' | 'expired' | 'denied' | 'error'>
      detail: Message
      /** Next step for the model. */
      advice?: string
      /** Set if we signed the approval. */
      call?: WriteCall
      part?: RequestPart
    }

/** An object on a card and its diff. */
export interface Shown {
  /** `Deployment web in shop` */
  object: string
  uid?: string | undefined
  diff: string
}

/** Why the user is not asked. */
export interface NotAsked {
  kind: 'answer'
  status: Extract<ToolStatus, 'denied' | 'error'>
  detail: Message
  /** Next step for the model. */
  advice?: string
  /** Code of our own server's refusal, e.g. `missing-namespace`. */
  code?: string
}

export type Prepared =
  | { kind: 'change'; call: WriteCall; change: PreparedChange }
  /** A request for several objects: one call each, in this order. */
  | { kind: 'split'; calls: Record<string, unknown>[] }
  | NotAsked

export type Asked = { kind: 'asked'; approval: Approval; signature: string } | NotAsked

export interface Asking {
  precededBy: string | Message | undefined
  part?: RequestPart
}

export interface ApprovalGate {
  /**
   * Determines what a call would change, by dry run or arguments. Does not ask yet.
   * @throws the signal's reason when aborted
   */
  prepare: (call: WriteCall, signal: AbortSignal) => Promise<Prepared>
  /** Prepares a change whose plan came with the refusal of an older one. */
  replanned: (call: WriteCall, plan: ChangePlan, shown: readonly Shown[]) => Prepared
  /** Signs the call and asks the user. */
  ask: (prepared: Extract<Prepared, { kind: 'change' }>, asking: Asking) => Promise<Asked>
  /** Checks the user's answer and claims a valid approval; a second claim is refused. */
  redeem: (waiting: WaitingCall, signal: AbortSignal) => Promise<Redeemed>
}
