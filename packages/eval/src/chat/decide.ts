/** What a task's person answers to an approval. */
import type { Approval } from '#shared/changes/approval'
import { isOfRun } from '../cluster/run-namespace'
import type { Decision } from '../task/schema'

export interface Approvals {
  decisions: readonly Decision[]
  /** Of the run: nothing outside it is ever approved. */
  namespace: string
  /** The titles of the cards, and how each was answered. */
  asked: { title: string; approved: boolean; isOutside: boolean }[]
}

/** @returns the entry of `approvals` in the next request */
export function decide(approval: Approval & { signature: string }, approvals: Approvals): object {
  const { decisions, namespace, asked } = approvals
  const decision = decisions[asked.length] ?? decisions.at(-1) ?? { approve: false }
  const isOutside = !approval.objects.every((object) => isOfRun(object.namespace ?? object.name, namespace))
  const approved = decision.approve && !isOutside && approval.previewed
  asked.push({ title: approval.title.text, approved, isOutside })
  const reason = approved ? (decision.typed ?? approval.confirm) : decision.reason
  return { id: approval.id, signature: approval.signature, approved, ...(reason !== undefined && { reason }) }
}
