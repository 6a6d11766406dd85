/** Effects of a node change on its pods. */
import { at } from '../../kubernetes/read/fields'
import type { ResultNote } from '../../../shared/result'
import { counted, fact } from '../managers/fact'
import type { Reads } from '../managers/reads'
import type { Change } from '../managers/types'
import { notChecked } from '../managers/unread'

/** @returns the notes and the number of pods on the node */
export async function nodeNotes(
  { operation, effect, object }: Change,
  reads: Reads,
): Promise<{ notes: ResultNote[]; pods: number }> {
  const [was, will] = [object, effect.after].map((each) => at(each, 'spec', 'unschedulable') === true)
  const isCordoned = effect.verb === 'update' && was !== will
  if (effect.verb !== 'delete' && !isCordoned) return { notes: [], pods: 0 }
  if (isCordoned && !will) return { notes: [fact('node-uncordon', 'New pods may be started on it again.')], pods: 0 }
  const resource = (await reads.resources()).find(({ group, kind }) => group === '' && kind === 'Pod')
  const scope = { fieldSelector: `spec.nodeName=${operation.name}` }
  const read = resource ? await reads.metadata(resource, scope) : { value: { items: [] } }
  if ('unread' in read) return { notes: [notChecked('Pods', read.unread)], pods: 0 }
  const count = read.value.items.length
  const params = { pods: counted(count, 'pod'), count }
  if (effect.verb === 'update')
    return {
      notes: [fact('node-cordon', 'No new pods are started on it. {pods} on it keep running.', params)],
      pods: 0,
    }
  return {
    notes: [
      ...(count > 0 ? [fact('node-pods', 'Also deletes {pods} on it.', params)] : []),
      fact('node-returns', 'The machine keeps running: its kubelet registers the node again when it is restarted.'),
    ],
    pods: count,
  }
}
