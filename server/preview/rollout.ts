import { fluxRef, withNamespace } from './calls'
import { prepared } from './context'
import type { Preparer } from './context'
import { at, recordAt, textAt, withValue } from './fields'
import { describeRef } from './kinds'
import { revisionsOf } from './revisions'
import { missingNote } from './words'
import type { KubernetesObject } from './types'

const RESTARTED = ['spec', 'template', 'metadata', 'annotations', 'kubectl.kubernetes.io/restartedAt']

export const prepareKubectlRollout: Preparer = async (args, { reader }) => {
  const verb = textAt(args, 'subCommand') ?? 'status'
  const ref = fluxRef(args, 'deployment')
  const found = { args: withNamespace(args, ref.namespace), target: describeRef(ref), namespace: ref.namespace }
  if (verb === 'status' || verb === 'history') return prepared({ ...found, notes: ['This call only reads.'] })

  const live = await reader.get(ref)
  if (live.state !== 'found') return prepared({ ...found, notes: [missingNote(live, ref)] })
  const { after, notes } = verb === 'undo' ? await undo(live.object, args.revision) : change(verb, live.object)
  const changes = after ? [{ title: describeRef(ref), before: live.object, after }] : []
  return prepared({ ...found, changes, notes })

  async function undo(object: KubernetesObject, revision: unknown): Promise<Predicted> {
    const { template, number, current, note } = await revisionsOf(object, revision, reader)
    if (!template) return { notes: [note] }
    return {
      after: withValue(object, ['spec', 'template'], template),
      notes: [`Back from revision ${current} to revision ${number}.`, replaced(object)],
    }
  }
}

interface Predicted {
  after?: KubernetesObject
  notes: (string | undefined)[]
}

function change(verb: string, live: KubernetesObject): Predicted {
  switch (verb) {
    case 'restart':
      return { after: withValue(live, RESTARTED, '(the time at which it runs)'), notes: [replaced(live)] }
    case 'pause':
      return {
        after: withValue(live, ['spec', 'paused'], true),
        notes: ['Changes of its template wait until it is resumed.'],
      }
    case 'resume':
      return {
        after: withValue(live, ['spec', 'paused'], undefined),
        notes: ['Changes that have waited are rolled out.'],
      }
    default:
      return { notes: [`"${verb}" is no command of a rollout.`] }
  }
}

function replaced(live: KubernetesObject): string {
  const replicas = at(live, 'spec', 'replicas')
  const count = typeof replicas === 'number' ? `Its ${replicas} pods are` : 'Its pods are'
  const atOnce = textAt(recordAt(live, 'spec', 'strategy'), 'type') === 'Recreate'
  return `${count} replaced by new ones, ${atOnce ? 'all at once' : 'some at a time'}.`
}
