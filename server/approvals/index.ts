/** Approvals of the process: one key, one place where they are claimed; a desk for each turn. */
import { randomBytes } from 'node:crypto'
import type { ApprovalAnswer } from '#shared/approval'
import { ChatRequestError } from '#shared/chat-request'
import type { Conversation } from '../agent/turn'
import type { ModelToolCall } from '../model/types'
import type { ApprovalConfig } from './config'
import { MemoryClaims } from './claims'
import type { Claims } from './claims'
import type { RedisClaimsLog } from './redis-claims'
import { GrantSeal } from './seal'

export { createDesk } from './desk'
export type { DeskOptions } from './desk'
export type { Identified, Place, PlaceOf } from './place'

export interface Approvals {
  readonly seal: GrantSeal
  readonly claims: Claims
}

/**
 * Without Redis the key is random: what an earlier process signed cannot be claimed here, since nobody knows whether it was
 * claimed there.
 */
export async function createApprovals({ redis }: ApprovalConfig, log: RedisClaimsLog): Promise<Approvals> {
  if (!redis) return { seal: new GrantSeal(randomBytes(32)), claims: new MemoryClaims() }
  // Redis' client takes a fifth of the server's start: it is loaded where it is wanted.
  const { redisClaims } = await import('./redis-claims')
  return { seal: new GrantSeal(redis.key), claims: redisClaims(redis.url, log) }
}

/**
 * A client that does not keep UI messages answers approvals beside its messages: the calls are then those that were signed.
 * @throws ChatRequestError where one was not signed here
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
    const problem = 'was not given by this server, or it was restarted since. Ask the question again'
    throw new ChatRequestError(`approvals[${at}].signature`, problem)
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
