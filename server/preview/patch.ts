import type { PreviewNote } from '#shared/preview-note'
import { fluxRef, withNamespace } from './calls'
import { prepared } from './context'
import type { Preparer } from './context'
import { isRecord, textAt } from './fields'
import { describeRef } from './kinds'
import { note } from './note'
import { applyPatch, PatchError } from './patch-forms'
import { rolloutNote } from './rollout-note'
import { missingNote } from './words'
import type { KubernetesObject } from './types'

const TYPES = ['strategic', 'merge', 'json']

export const prepareKubectlPatch: Preparer = async (args, { reader, dryRun }) => {
  const ref = fluxRef(args)
  const patch = args.patchData
  const found = { args: withNamespace(args, ref.namespace), target: describeRef(ref), namespace: ref.namespace }
  if (textAt(args, 'patchFile') && !patch) return prepared({ ...found, notes: [note('patch-file')] })
  if (!isRecord(patch) && !Array.isArray(patch)) return prepared({ ...found, notes: [note('patch-no-data')] })

  const type = TYPES.find((each) => each === args.patchType) ?? 'strategic'
  const live = await reader.get(ref)
  if (live.state === 'found') found.namespace = textAt(live.object, 'metadata', 'namespace')
  if (live.state !== 'found') return prepared({ ...found, notes: [missingNote(live, ref)] })
  const run = await dryRun.patch(ref, type, patch)
  const { after, why } =
    run.state === 'accepted' && run.object ? { after: run.object } : predict(live.object, type, patch)
  const change = { title: describeRef(ref), before: live.object, after: after ?? live.object }
  return prepared({
    ...found,
    changes: after ? [change] : [],
    byServer: run.state === 'accepted' && run.object !== undefined,
    notes: [
      run.state === 'refused' ? run.note : undefined,
      why,
      rolloutNote(change),
      args.dryRun === true ? note('dry-run') : undefined,
    ],
  })
}

function predict(
  live: KubernetesObject,
  type: string,
  patch: unknown,
): { after?: KubernetesObject; why?: PreviewNote } {
  try {
    return { after: applyPatch(live, type, patch) }
  } catch (error) {
    if (error instanceof PatchError) return { why: error.note }
    throw error
  }
}
