/** What a turn yields. Three writers turn these into the UI message stream, one JSON answer, or the messages of a WebSocket. */
import type { Approval } from '#shared/approval'
import type { ErrorCode } from '#shared/errors'
import type { ResultPart, ToolStatus } from '#shared/result'
import type { Progress, WindowUsage } from '#shared/ui-message'

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'approval-required' | 'error' | 'aborted'

export interface ToolCall {
  /** Ours, unique: servers of models repeat theirs. */
  id: string
  /** The tool's name as the model knows it, or what it wrote where there is no such tool. */
  name: string
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

export interface TurnUsage {
  promptTokens: number
  completionTokens: number
}

export type TurnEvent =
  | { type: 'step-start' }
  | { type: 'reasoning-delta'; text: string }
  | { type: 'text-delta'; text: string }
  /** Forget what this step has shown so far: it is asked again. */
  | { type: 'step-reset' }
  /** What is being waited for; it holds until the next event. */
  | { type: 'progress'; state: Progress['state'] }
  | { type: 'tool-call'; call: ToolCall }
  | { type: 'tool-result'; id: string; outcome: ToolOutcome }
  /** The call with this `toolCallId` waits for a person. */
  | { type: 'approval-request'; approval: Approval; signature: string }
  | { type: 'step-end' }
  | { type: 'window'; usage: WindowUsage }
  /** Something the person should know though the turn goes on. */
  | { type: 'notice'; text: string }
  | { type: 'error'; code: ErrorCode; message: string }
  /** Always the last. */
  | { type: 'finish'; reason: FinishReason; usage: TurnUsage }
