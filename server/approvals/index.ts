/** The process's approvals: one key, one store of claims, and an approval gate for each turn. */
import { msg } from '#shared/messages/create'
import { randomBytes } from 'node:crypto'
import type { ApprovalAnswer } from '#shared/changes/approval'
import { ChatRequestError } from '#shared/chat/request'
import type { Conversation } from '../agent/turn'
import type { ModelToolCall } from '../model/types'
import type { ApprovalConfig } from './config'
import { MemoryClaims } from './claims'
import type { Claims } from './claims'
import type { RedisLog } from '../redis/connection'
import { GrantSeal } from './seal'

export { createApprovalGate } from './approval-gate'
export type { ApprovalGateOptions } from './approval-gate'

export interface Approvals {
  readonly seal: GrantSeal
  readonly claims: Claims
}

/** Without Redis the key is random: approvals of an earlier process must not be claimed, since their use is unknown. */
export async function createApprovals({ redis }: ApprovalConfig, log: RedisLog): Promise<Approvals> {
  if (!redis) return { seal: new GrantSeal(randomBytes(32)), claims: new MemoryClaims() }
  // Loaded only if needed: Redis' client takes a fifth of the server's start.
  const { redisClaims } = await import('./redis-claims')
  return { seal: new GrantSeal(redis.key), claims: redisClaims(redis.url, log) }
}

/**
 * For clients without UI messages, which send approvals beside their messages: the calls come from the signatures.
 * @throws ChatRequestError for an approval that was not signed here
 */
export function withAnswers(
  { history, waiting }: Conversation,
  answers: readonly ApprovalAnswer[],
  seal: GrantSeal,
): Conversation {
  if (answers.length === 0) return { history, waiting }
  const calls = answers.map((answer, at) => {
    const grant = seal.open(answer.signature)
    if (grant) return { grant, answer }
    throw new ChatRequestError(`approvals[${at}].signature`, msg('field-not-signed'))
  })
  const toolCalls = calls.map(({ grant }): ModelToolCall => {
    return { id: grant.toolCallId, name: grant.name, arguments: JSON.stringify(grant.arguments) }
  })
  return {
    history: [...history, { role: 'assistant', content: '', toolCalls }],
    waiting: calls.map(({ grant: { toolCallId, name, arguments: own }, answer }) => {
      return { toolCallId, name, arguments: own, answer }
    }),
  }
}
