/** The events of a turn. Three writers turn them into the UI message stream, a JSON answer, or WebSocket messages. */
import type { ModelToolName } from '#shared/tool-names'
import type { Approval } from '#shared/changes/approval'
import type { FinishReason, TurnUsage } from '#shared/chat/answer'
import type { ErrorCode } from '#shared/errors'
import type { Message } from '#shared/messages/message'
import type { ResultPart, ToolStatus } from '#shared/result'
import type { Progress, WindowUsage } from '#shared/chat/ui-message'

export interface ToolCall {
  /** Our own unique id: model servers repeat theirs. */
  id: string
  /** The tool's name for the model, or what the model wrote if no such tool exists. */
  name: ModelToolName
  arguments: Record<string, unknown>
}

export interface ToolOutcome {
  status: ToolStatus
  /** The compact, redacted text for the model. */
  forModel: string
  forPerson: ResultPart
  /** Wall time in milliseconds. */
  durationMs: number
}

export type TurnEvent =
  | { type: 'step-start' }
  | { type: 'reasoning-delta'; text: string }
  | { type: 'text-delta'; text: string }
  /** Discards the output of this step so far: it is repeated. */
  | { type: 'step-reset' }
  /** What the turn is waiting for, until the next event. */
  | ({ type: 'progress' } & Progress)
  | { type: 'tool-call'; call: ToolCall }
  | { type: 'tool-result'; id: string; outcome: ToolOutcome }
  /** The call with this `toolCallId` awaits approval. */
  | { type: 'approval-request'; approval: Approval; signature: string }
  | { type: 'step-end' }
  | { type: 'window'; usage: WindowUsage }
  /** A warning about a turn that continues. */
  | { type: 'notice'; message: Message }
  | { type: 'error'; code: ErrorCode; detail: Message }
  /** Always the last. */
  | { type: 'finish'; reason: FinishReason; usage: TurnUsage }
