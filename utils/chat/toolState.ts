/** The state of a tool call from any of the AI SDK's part states. */
import type { DynamicToolUIPart } from 'ai'
import { toolOutputSchema, type ToolStatus } from '#shared/result'

export interface ToolState {
  status: ToolStatus | 'running' | 'needs-approval' | 'approved'
  /** The text for the model; empty while the call runs. */
  text: string
  /** Milliseconds; undefined if not measured. */
  durationMs?: number
}

export function toolState(part: DynamicToolUIPart): ToolState {
  switch (part.state) {
    case 'output-available': {
      const parsed = toolOutputSchema.safeParse(part.output)
      if (!parsed.success) return { status: 'ok', text: String(part.output) }
      const { status, text, durationMs } = parsed.data
      return { status, text, ...(durationMs > 0 && { durationMs }) }
    }
    case 'output-error':
      return { status: 'error', text: part.errorText }
    case 'output-denied':
      return { status: 'denied', text: '' }
    case 'approval-requested':
      return { status: 'needs-approval', text: '' }
    case 'approval-responded':
      return { status: part.approval.approved ? 'approved' : 'declined', text: '' }
    case 'input-streaming':
    case 'input-available':
      return { status: 'running', text: '' }
  }
}
