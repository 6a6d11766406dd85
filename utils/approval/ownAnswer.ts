import type { Approval } from '#shared/changes/approval'
import { requiredFolds } from './changeFolds'

/** Whether any of them must be answered by its own button. */
export function needsOwnAnswer(approvals: readonly Approval[], now: number): 'name' | 'expired' | 'folded' | undefined {
  if (approvals.some(({ expiresAt }) => expiresAt <= now)) return 'expired'
  if (approvals.some(({ confirm }) => confirm !== undefined)) return 'name'
  return approvals.some((approval) => requiredFolds(approval).length > 0) ? 'folded' : undefined
}
