/** A client of the JSON API that requests writes and answers their approvals. */
import type { Approval } from '../../shared/changes/approval'
import { chatAnswerSchema, type ChatAnswer } from '../../shared/chat/answer'

export type Pending = Approval & { signature: string }

export interface Decision {
  approved: boolean
  reason?: string
}

/** Posts a question, and answers to its approvals. */
export async function postChat(
  url: string,
  question: string,
  { id, approvals = [], headers = {} }: { id?: string; approvals?: object[]; headers?: Record<string, string> } = {},
): Promise<ChatAnswer> {
  const messages = [{ role: 'user', content: question }]
  const body = JSON.stringify({ ...(id !== undefined && { id }), messages, approvals })
  const init = { method: 'POST', headers: { accept: 'application/json', ...headers }, body }
  const response = await fetch(`${url}/api/chat`, init)
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`)
  return chatAnswerSchema.parse(await response.json())
}

/** The posted answer to an approval. */
export function answerTo({ id, signature, confirm }: Pending, { approved, reason }: Decision): object {
  const typed = approved && reason === undefined ? confirm : reason
  return { id, approved, signature, ...(typed !== undefined && { reason: typed }) }
}
