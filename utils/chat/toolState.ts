/** What a tool part of a message says about its call, whichever of the AI SDK's states it is in. */
import type { DynamicToolUIPart } from 'ai'
import { toolOutputSchema, type ToolStatus } from '#shared/result'

export interface ToolState {
  status: ToolStatus | 'running' | 'needs-approval' | 'approved'
  /** What the model was given; empty while the call runs. */
  text: string
  /** Milliseconds; undefined where nothing was measured. */
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
