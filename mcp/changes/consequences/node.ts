/** Effects of a node change on its pods. */
import { msg } from '../../../shared/messages/create'
import { at } from '../../kubernetes/read/fields'
import type { ResultNote } from '../../../shared/result'
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
  if (isCordoned && !will) return { notes: [msg('node-uncordon')], pods: 0 }
  const resource = (await reads.resources()).find(({ group, kind }) => group === '' && kind === 'Pod')
  const scope = { fieldSelector: `spec.nodeName=${operation.name}` }
  const read = resource ? await reads.metadata(resource, scope) : { value: { items: [] } }
  if ('unread' in read) return { notes: [notChecked('Pods', read.unread)], pods: 0 }
  const count = read.value.items.length
  const params = { pods: msg('pods', { n: count }), count }
  if (effect.verb === 'update')
    return {
      notes: [msg('node-cordon', params)],
      pods: 0,
    }
  return {
    notes: [...(count > 0 ? [msg('node-pods', params)] : []), msg('node-returns')],
    pods: count,
  }
}
