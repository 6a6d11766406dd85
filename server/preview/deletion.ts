/** What one deletion takes away: the part that all ways to delete share. */
import { consequences } from './consequences'
import type { Context } from './context'
import { textAt } from './fields'
import { describeRef } from './kinds'
import { missingNote } from './words'
import type { Change, ObjectRef } from './types'

/** Typed where nobody can see what is deleted: it might be a namespace. */
export const UNSEEN = 'delete'

export interface Deletion {
  changes: Change[]
  notes: (string | undefined)[]
  byServer: boolean
  namespace: string | undefined
}

/** What the deletion of one object takes away. */
export async function previewOne(ref: ObjectRef, context: Context): Promise<Deletion> {
  const live = await context.reader.get(ref)
  if (live.state !== 'found')
    return { changes: [], notes: [missingNote(live, ref)], byServer: false, namespace: ref.namespace }
  const namespace = textAt(live.object, 'metadata', 'namespace')
  const run = await context.dryRun.delete({ ...ref, ...(namespace && { namespace }) })
  return {
    changes: [{ title: describeRef(ref), before: live.object }],
    notes: [run.state === 'refused' ? run.note : undefined, ...(await consequences(live.object, context.reader))],
    byServer: run.state === 'accepted',
    namespace,
  }
}

export function hurryNote(args: Record<string, unknown>): string | undefined {
  const atOnce = args.force === true || args.gracePeriodSeconds === 0
  return atOnce ? 'Deleted at once: no program gets the time to end by itself.' : undefined
}
