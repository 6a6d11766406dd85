/** The parts of a pending write: the card that a person reads, and the signed record. */
import { stringify } from 'yaml'
import { approvalSchema } from '#shared/changes/approval'
import type { Approval } from '#shared/changes/approval'
import { signedWriteSchema } from '#shared/changes/pending-write'
import type { PendingWrite, SignedWrite } from '#shared/changes/pending-write'

/** Longer diffs are not kept for comparison with the next card. In characters. */
const MAX_DIFFS = 48 * 1024

/** @param expiresAt milliseconds since the epoch */
export function cardOf(write: PendingWrite, expiresAt: number): Approval {
  return approvalSchema.parse({ ...write, arguments: argumentsText(write.arguments), expiresAt })
}

export function signedPart(write: PendingWrite): SignedWrite {
  const isShort = write.objects.reduce((sum, { diff }) => sum + diff.length, 0) <= MAX_DIFFS
  const objects = isShort ? write.objects : write.objects.map((object) => ({ ...object, diff: undefined }))
  return signedWriteSchema.parse({ ...write, objects })
}

/** As a person reads them. */
export function argumentsText(args: Record<string, unknown>): string {
  return stringify(args, { lineWidth: 0 }).trimEnd()
}
