/** What waits for a person in a conversation, and what they answered. Only the last message can wait. */
import type { Approval } from '#shared/approval'
import type { AppUIMessage } from '#shared/ui-message'

/** A person's answer to one approval, by its id. */
export interface Decision {
  id: string
  approved: boolean
  /** Why it was declined; or, where a name had to be typed, that name. */
  reason?: string
}

/** What each call of a message would change, by the call's id; without cards of older versions, which the browser kept. */
export function approvalsByCall(message: AppUIMessage): Map<string, Approval> {
  return new Map(
    message.parts.flatMap((part) =>
      part.type === 'data-approval' && Array.isArray(part.data.objects)
        ? [[part.data.toolCallId, part.data] as const]
        : [],
    ),
  )
}

/** The approvals of a message that have no answer yet, in the order of their calls; none while it is being written. */
export function pendingApprovals(message: AppUIMessage | undefined): Approval[] {
  if (message?.metadata?.finishReason !== 'approval-required') return []
  const approvals = approvalsByCall(message)
  return message.parts.flatMap((part) => {
    const isPending = part.type === 'dynamic-tool' && part.state === 'approval-requested'
    const approval = isPending ? approvals.get(part.toolCallId) : undefined
    return approval ? [approval] : []
  })
}

/** Whether all that the last message asked has been answered, and its turn has not been sent on its way again. */
export function isAllAnswered(messages: readonly AppUIMessage[]): boolean {
  const last = messages.at(-1)
  if (last?.metadata?.finishReason !== 'approval-required') return false
  const states = last.parts.flatMap((part) => (part.type === 'dynamic-tool' ? [part.state] : []))
  return states.includes('approval-responded') && !states.includes('approval-requested')
}

/** Writes answers into the last message; an approval that has one already keeps it. */
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
 * Whether changes were approved in a message that the server has answered for: they ran, or may have. To drop the message
 * would drop all that the page and the model know of them.
 */
export function holdsChange(message: AppUIMessage | undefined): boolean {
  return (message?.parts ?? []).some(
    (part) => part.type === 'dynamic-tool' && part.state === 'output-available' && part.approval?.approved === true,
  )
}
