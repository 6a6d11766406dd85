/** Effects of a replica change on running pods. */
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { recordAt } from '../../kubernetes/read/fields'
import type { Reads } from '../managers/reads'
import { matchesLabels } from '../../../shared/kubernetes/selectors'
import type { Change } from '../managers/types'
import { servicesNotes } from './services'
import { statefulClaims } from './stateful-claims'

export async function scalingNotes({ effect, object, operation }: Change, reads: Reads): Promise<ResultNote[]> {
  const { replicas } = effect
  if (!replicas || replicas.to >= replicas.from) return []
  const { from, to } = replicas
  const notes: ResultNote[] = []
  notes.push(
    to === 0 ? msg('scale-to-none', { pods: msg('pods', { n: from }) }) : msg('scale-down', { count: from - to, from }),
  )
  const { namespace } = operation
  if (to === 0 && namespace !== undefined) notes.push(...(await unreached(object, namespace, reads)))
  if (operation.resource.kind === 'StatefulSet') notes.push(...(await statefulClaims(object, to, reads)).notes)
  return notes
}

async function unreached(object: Change['object'], namespace: string, reads: Reads): Promise<ResultNote[]> {
  const pods = (await reads.resources()).find(({ group, kind }) => group === '' && kind === 'Pod')
  const read = pods ? await reads.metadata(pods, { namespace }) : undefined
  if (!read || 'unread' in read) return []
  const labels = recordAt(object, 'spec', 'selector', 'matchLabels')
  const own = read.value.items.filter((pod) => matchesLabels(labels, recordAt(pod, 'metadata', 'labels')))
  return servicesNotes(namespace, new Set(own.flatMap(({ metadata }) => metadata.uid ?? [])), read.value.items, reads)
}
