/** Open approvals of a conversation and their answers. Only the last message can have open ones. */
import type { Approval } from '#shared/changes/approval'
import type { AppUIMessage } from '#shared/chat/ui-message'

/** The answer to one approval. */
export interface Decision {
  id: string
  approved: boolean
  /** The reason for declining; or, if a name had to be typed, that name. */
  reason?: string
}

/** A message's approvals by call id, without stored ones of older versions. */
export function approvalsByCall(message: AppUIMessage): Map<string, Approval> {
  return new Map(
    message.parts.flatMap((part) =>
      part.type === 'data-approval' && Array.isArray(part.data.objects)
        ? [[part.data.toolCallId, part.data] as const]
        : [],
    ),
  )
}

/** A message's unanswered approvals in call order; none while it is being written. */
export function pendingApprovals(message: AppUIMessage | undefined): Approval[] {
  if (message?.metadata?.finishReason !== 'approval-required') return []
  const approvals = approvalsByCall(message)
  return message.parts.flatMap((part) => {
    const isPending = part.type === 'dynamic-tool' && part.state === 'approval-requested'
    const approval = isPending ? approvals.get(part.toolCallId) : undefined
    return approval ? [approval] : []
  })
}

/** Whether all approvals of the last message are answered and its turn has not continued yet. */
export function isAllAnswered(messages: readonly AppUIMessage[]): boolean {
  const last = messages.at(-1)
  if (last?.metadata?.finishReason !== 'approval-required') return false
  const states = last.parts.flatMap((part) => (part.type === 'dynamic-tool' ? [part.state] : []))
  return states.includes('approval-responded') && !states.includes('approval-requested')
}

/** Adds answers to the last message; answered approvals stay unchanged. */
export function withDecisions(messages: readonly AppUIMessage[], decisions: readonly Decision[]): AppUIMessage[] {
  const last = messages.at(-1)
  if (!last) return []
  const byId = new Map(decisions.map((decision) => [decision.id, decision]))
  const parts = last.parts.map((part): AppUIMessage['parts'][number] => {
    if (part.type !== 'dynamic-tool' || part.state !== 'approval-requested') return part
    const decision = byId.get(part.approval.id)
    return decision ? { ...part, state: 'approval-responded', approval: { ...part.approval, ...decision } } : part
  })
  return [...messages.slice(0, -1), { ...last, parts }]
}

/**
 * Whether the server has handled approved changes of the message: they may have run. Dropping the message would lose
 * their results.
 */
export function holdsChange(message: AppUIMessage | undefined): boolean {
  return (message?.parts ?? []).some(
    (part) => part.type === 'dynamic-tool' && part.state === 'output-available' && part.approval?.approved === true,
  )
}
