/** Outcomes of calls that consist of one of our messages. */
import { localized } from '#shared/messages/message'
import type { Message } from '#shared/messages/message'
import type { ToolStatus } from '#shared/result'
import type { ToolOutcome } from '../events'

export interface TextOutcomeOptions {
  /** Next step for the model, not shown to the user. */
  advice?: string | undefined
  durationMs?: number
}

export function textOutcome(status: ToolStatus, detail: Message, options: TextOutcomeOptions = {}): ToolOutcome {
  const { advice, durationMs = 0 } = options
  const { text } = detail
  return {
    status,
    forModel: advice === undefined ? text : `${text} ${advice}`,
    forPerson: { kind: 'text', text, localized: localized(detail) },
    durationMs,
  }
}
