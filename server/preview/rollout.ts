import type { PreviewNote } from '#shared/preview-note'
import { fluxRef, withNamespace } from './calls'
import { prepared } from './context'
import type { Preparer } from './context'
import { at, recordAt, textAt, withValue } from './fields'
import { describeRef } from './kinds'
import { note } from './note'
import { revisionsOf } from './revisions'
import { missingNote } from './words'
import type { KubernetesObject } from './types'

const RESTARTED = ['spec', 'template', 'metadata', 'annotations', 'kubectl.kubernetes.io/restartedAt']

export const prepareKubectlRollout: Preparer = async (args, { reader }) => {
  const verb = textAt(args, 'subCommand') ?? 'status'
  const ref = fluxRef(args, 'deployment')
  const found = { args: withNamespace(args, ref.namespace), target: describeRef(ref), namespace: ref.namespace }
  if (verb === 'status' || verb === 'history') return prepared({ ...found, notes: [note('rollout-reads')] })

  const live = await reader.get(ref)
  if (live.state !== 'found') return prepared({ ...found, notes: [missingNote(live, ref)] })
  const { after, notes } = verb === 'undo' ? await undo(live.object, args.revision) : change(verb, live.object)
  const changes = after ? [{ title: describeRef(ref), before: live.object, after }] : []
  return prepared({ ...found, changes, notes })

  async function undo(object: KubernetesObject, revision: unknown): Promise<Predicted> {
    const earlier = await revisionsOf(object, revision, reader)
    if (!earlier.template) return { notes: [earlier.note] }
    const { template, number, current } = earlier
    return {
      after: withValue(object, ['spec', 'template'], template),
      notes: [note('rollout-back', { current, revision: number }), replaced(object)],
    }
  }
}

interface Predicted {
  after?: KubernetesObject
  notes: (PreviewNote | undefined)[]
}

function change(verb: string, live: KubernetesObject): Predicted {
  switch (verb) {
    case 'restart':
      return { after: withValue(live, RESTARTED, '(the time at which it runs)'), notes: [replaced(live)] }
    case 'pause':
      return {
        after: withValue(live, ['spec', 'paused'], true),
        notes: [note('rollout-pause')],
      }
    case 'resume':
      return {
        after: withValue(live, ['spec', 'paused'], undefined),
        notes: [note('rollout-resume')],
      }
    default:
      return { notes: [note('rollout-unknown', { command: verb })] }
  }
}

function replaced(live: KubernetesObject): PreviewNote {
  const pods = at(live, 'spec', 'replicas')
  const atOnce = textAt(recordAt(live, 'spec', 'strategy'), 'type') === 'Recreate'
  if (typeof pods !== 'number') return note(atOnce ? 'rollout-some-pods-at-once' : 'rollout-some-pods')
  return note(atOnce ? 'rollout-pods-at-once' : 'rollout-pods', { pods })
}
