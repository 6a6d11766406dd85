/** What one deletion takes away: the part that all ways to delete share. */
import type { PreviewNote } from '#shared/preview-note'
import { consequences } from './consequences'
import type { Context } from './context'
import { textAt } from './fields'
import { describeRef } from './kinds'
import { note } from './note'
import { missingNote } from './words'
import type { Change, ObjectRef } from './types'

/** Typed where nobody can see what is deleted: it might be a namespace. */
export const UNSEEN = 'delete'

export interface Deletion {
  changes: Change[]
  notes: (PreviewNote | undefined)[]
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

export function hurryNote(args: Record<string, unknown>): PreviewNote | undefined {
  return args.force === true || args.gracePeriodSeconds === 0 ? note('delete-now') : undefined
}
