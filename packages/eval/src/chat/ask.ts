/** Asks one question by the JSON API, and answers its approvals as the task says. */
import { randomUUID } from 'node:crypto'
import { chatAnswerSchema } from '#shared/chat/answer'
import type { ChatAnswer } from '#shared/chat/answer'
import { errorBodySchema } from '#shared/errors'
import { decide } from './decide'
import type { Approvals } from './decide'

export interface ChatMessage {
  role: 'user' | 'assistant'
  content: string
}

/** An error of the assistant instead of an answer. */
export class ChatFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string | undefined,
    text: string,
  ) {
    super(text)
    this.name = 'ChatFailure'
  }
}

/** More approvals for one question mean that the model repeats itself. */
const MAX_TURNS = 12

/**
 * @param messages of the conversation; the last one is the question
 * @returns all turns until the question is answered
 * @throws ChatFailure, or the signal's reason
 */
export async function ask(
  url: string,
  messages: readonly ChatMessage[],
  approvals: Approvals,
  signal: AbortSignal,
): Promise<ChatAnswer[]> {
  const id = randomUUID()
  const turns: ChatAnswer[] = []
  let answers: object[] = []
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const answer = await post(url, { id, messages, approvals: answers }, signal)
    turns.push(answer)
    const waiting = answer.approvals ?? []
    if (answer.finishReason !== 'approval-required' || waiting.length === 0) break
    answers = waiting.map((each) => decide(each, approvals))
  }
  return turns
}

async function post(url: string, body: object, signal: AbortSignal): Promise<ChatAnswer> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' }
  const response = await fetch(`${url}/api/chat`, { method: 'POST', headers, body: JSON.stringify(body), signal })
  const text = await response.text()
  const answer = response.ok ? chatAnswerSchema.safeParse(parse(text)) : undefined
  if (answer?.success) return answer.data
  const failure = errorBodySchema.safeParse(parse(text)).data?.error
  throw new ChatFailure(response.status, failure?.code, failure?.message ?? answer?.error.message ?? text.slice(0, 500))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
