/** What kept a question from its answer, in a form the page can put into words. */
import { z } from 'zod'
import { assistantErrorSchema, type ErrorCode } from '#shared/errors'
import type { AppUIMessage } from '#shared/ui-message'
import { isNotStarted } from '../turn/continuation'

export interface ChatProblem {
  /** The server's codes, and the page's own for what no server could tell. */
  code: ErrorCode | 'unreachable' | 'connection-lost' | 'unanswered' | 'unknown'
  /** The server's own words, where it gave some. */
  message?: string
  requestId?: string
}

/** A request that was answered with something other than a stream. */
export class ChatRequestError extends Error {
  /** @param status of HTTP, where there was one */
  constructor(
    readonly problem: ChatProblem,
    readonly status?: number,
  ) {
    super(problem.message ?? problem.code)
    this.name = 'ChatRequestError'
  }

  /** Something between page and server gave up; the server itself may be at work all the same. */
  get isFromGateway(): boolean {
    return this.problem.code === 'unknown' && this.status !== undefined && [502, 503, 504].includes(this.status)
  }
}

const errorBodySchema = z.object({ error: assistantErrorSchema })

/** Reads an answer that is no success: ours is `{ error }`, a proxy in between may say anything. */
export async function readProblem(response: Response): Promise<ChatProblem> {
  const body: unknown = await response.json().catch(() => undefined)
  const parsed = errorBodySchema.safeParse(body)
  if (parsed.success) return parsed.data.error
  return { code: 'unknown', message: `HTTP ${response.status} ${response.statusText}`.trim() }
}

/** @returns the problem behind an error of the chat. @param last the message the error came in */
export function problemOf(error: Error, last: AppUIMessage | undefined): ChatProblem {
  if (error instanceof ChatRequestError) return error.problem
  if (last?.role === 'assistant' && last.metadata?.error) return last.metadata.error
  // fetch says TypeError both where nothing answers and where a connection breaks.
  if (error instanceof TypeError) return { code: hasBegun(last) ? 'connection-lost' : 'unreachable' }
  return { code: 'unknown', message: error.message }
}

/** Something of the answer had come. */
function hasBegun(last: AppUIMessage | undefined): boolean {
  return last?.role === 'assistant' && !isNotStarted(last)
}
