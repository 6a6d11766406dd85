/** Why a question got no answer, in a translatable form. */
import { z } from 'zod'
import { assistantErrorSchema, type ErrorCode } from '#shared/errors'
import type { Localized } from '#shared/messages/message'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { isNotStarted } from '../turn/continuation'

export interface ChatProblem {
  /** The server's codes, and the page's own for failures without a response. */
  code: ErrorCode | 'unreachable' | 'connection-lost' | 'unanswered' | 'unknown'
  /** The server's own message, if any. */
  message?: string
  localized?: Localized
  requestId?: string
}

/** A response that is not a stream. */
export class ChatRequestError extends Error {
  /** @param status HTTP status, if any */
  constructor(
    readonly problem: ChatProblem,
    readonly status?: number,
  ) {
    super(problem.message ?? problem.code)
    this.name = 'ChatRequestError'
  }

  /** True if a proxy gave up; the server itself may still be working. */
  get isFromGateway(): boolean {
    return this.problem.code === 'unknown' && this.status !== undefined && [502, 503, 504].includes(this.status)
  }
}

const errorBodySchema = z.object({ error: assistantErrorSchema })

/** Parses an error response: `{ error }` from our server, anything from a proxy. */
export async function readProblem(response: Response): Promise<ChatProblem> {
  const body: unknown = await response.json().catch(() => undefined)
  const parsed = errorBodySchema.safeParse(body)
  if (parsed.success) return parsed.data.error
  return { code: 'unknown', message: `HTTP ${response.status} ${response.statusText}`.trim() }
}

/**
 * The problem behind a chat error.
 * @param last the message in which it occurred
 */
export function problemOf(error: Error, last: AppUIMessage | undefined): ChatProblem {
  if (error instanceof ChatRequestError) return error.problem
  if (last?.role === 'assistant' && last.metadata?.error) return last.metadata.error
  // fetch throws TypeError for an unreachable server and for a broken connection.
  if (error instanceof TypeError) return { code: hasBegun(last) ? 'connection-lost' : 'unreachable' }
  return { code: 'unknown', message: error.message }
}

/** Whether part of the answer arrived. */
function hasBegun(last: AppUIMessage | undefined): boolean {
  return last?.role === 'assistant' && !isNotStarted(last)
}
