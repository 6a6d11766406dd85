/** Deleting a CustomResourceDefinition deletes all objects of its kind. */
import { msg } from '../../../shared/messages/create'
import { textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'
import type { Reads } from '../managers/reads'
import { countsText } from './kinds'
import type { Consequences } from './types'

export async function customKindConsequences(definition: KubeObject, reads: Reads): Promise<Consequences> {
  const [group, plural] = [textAt(definition, 'spec', 'group'), textAt(definition, 'spec', 'names', 'plural')]
  const kind = textAt(definition, 'spec', 'names', 'kind')
  const confirm = definition.metadata.name
  const resource = (await reads.resources()).find((each) => each.group === group && each.plural === plural)
  const final = msg('crd-not-undone')
  if (!resource) {
    const note = msg('crd-not-served', {
      kind,
    })
    return { notes: [note, final], deletes: 1, confirm }
  }
  const read = await reads.count(resource, {})
  if ('unread' in read) {
    const params = { kind, reason: read.unread }
    return { notes: [msg('crd-not-counted', params), final], deletes: 1, confirm }
  }
  const { count, more } = read.value
  const params = { kind, count, objects: countsText([[kind, count]]) }
  const note =
    count === 0 ? msg('crd-empty', params) : more ? msg('crd-objects-at-least', params) : msg('crd-objects', params)
  return { notes: [note, final], deletes: 1 + count, confirm }
}
