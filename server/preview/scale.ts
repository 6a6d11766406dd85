import { contRef, fluxRef, withNamespace } from './calls'
import { prepared } from './context'
import type { Context, Preparer } from './context'
import { at, textAt, withValue } from './fields'
import { describeRef } from './kinds'
import { note } from './note'
import { missingNote } from './words'
import type { ObjectRef, PreparedWrite } from './types'

/** kubernetes-mcp-server: `scale`; without it the tool only reads. */
export const prepareContScale: Preparer = async (args, context) => {
  if (args.scale === undefined) return prepared({ args, notes: [note('scale-reads')] })
  return await scale(args, contRef(args), args.scale, context)
}

export const prepareFluxScale: Preparer = (args, context) =>
  scale(args, fluxRef(args, 'deployment'), args.replicas, context)

async function scale(
  args: Record<string, unknown>,
  ref: ObjectRef,
  wanted: unknown,
  { reader, dryRun }: Context,
): Promise<PreparedWrite> {
  const replicas = /^\d{1,9}$/.test(String(wanted)) ? Number(wanted) : undefined
  const live = await reader.get(ref)
  const namespace = live.state === 'found' ? textAt(live.object, 'metadata', 'namespace') : ref.namespace
  const found = { args: withNamespace(args, namespace), target: describeRef(ref), namespace }
  if (replicas === undefined)
    return prepared({ ...found, notes: [note('scale-no-number', { value: String(JSON.stringify(wanted)) })] })
  if (live.state !== 'found') return prepared({ ...found, notes: [missingNote(live, ref)] })

  const run = await dryRun.scale({ ...ref, ...(namespace && { namespace }) }, replicas)
  const answered = run.state === 'accepted' ? at(run.object, 'spec', 'replicas') : undefined
  const after = withValue(live.object, ['spec', 'replicas'], answered ?? replicas)
  return prepared({
    ...found,
    changes: [{ title: describeRef(ref), before: live.object, after }],
    byServer: answered !== undefined,
    notes: [run.state === 'refused' ? run.note : undefined, replicas === 0 ? note('scale-to-none') : undefined],
  })
}
