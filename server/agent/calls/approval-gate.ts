/** Port of the loop to the approval of writes, implemented by server/approvals. */
import type { Approval, ApprovalAnswer } from '#shared/changes/approval'
import type { ChangePlan } from '#shared/changes/change'
import type { Message } from '#shared/messages/message'
import type { PendingWrite, SignedWrite, WriteCall } from '#shared/changes/pending-write'
import type { ToolStatus } from '#shared/result'
import type { PreparedChange } from '../../preview'
import type { ToolOutcome } from '../events'

/** A pending call of the conversation, and its answer if there is one. */
export interface WaitingCall extends Pick<WriteCall, 'toolCallId' | 'name'> {
  /** Set if the client no longer has the call: it is sent again before its result. */
  arguments?: Record<string, unknown>
  /** Absent: nobody answered in time. */
  answer?: ApprovalAnswer
}

/** A write whose effect is known as far as it can be. */
export type PreparedWrite = WriteCall & PreparedChange

export type Redeemed =
  /** The call may run now, once. `report` receives the outcome. */
  | { kind: 'run'; write: SignedWrite; report: (outcome: ToolOutcome) => void }
  | {
      kind: 'answer'
      status: Extract<ToolStatus, 'declined' | 'expired' | 'denied' | 'error' | 'cancelled'>
      detail: Message
      /** Next step for the model. */
      advice?: string
      /** Set if we signed the approval. */
      write?: SignedWrite
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
  | { kind: 'change'; write: PreparedWrite }
  /** A request for several objects: one call each, in this order. */
  | { kind: 'split'; calls: Record<string, unknown>[] }
  | NotAsked

export type Asked = { kind: 'asked'; approval: Approval; signature: string } | NotAsked

export type Asking = Pick<PendingWrite, 'precededBy' | 'part'>

export interface ApprovalGate {
  /**
   * Determines what a call would change, by dry run or arguments. Does not ask yet.
   * @throws the signal's reason when aborted
   */
  prepare: (call: WriteCall, signal: AbortSignal) => Promise<Prepared>
  /** Prepares a change whose plan came with the refusal of an older one. @param before the objects of the older one */
  replanned: (call: WriteCall, plan: ChangePlan, before: SignedWrite['objects']) => Prepared
  /**
   * Signs the write and asks the user.
   * @throws the signal's reason when aborted
   */
  ask: (write: PreparedWrite, asking: Asking, signal: AbortSignal) => Promise<Asked>
  /** Checks the user's answer and claims a valid approval; a second claim is refused. Nothing runs when aborted. */
  redeem: (waiting: WaitingCall, signal: AbortSignal) => Promise<Redeemed>
}
