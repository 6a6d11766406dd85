/** Deleting a CustomResourceDefinition deletes all objects of its kind. */
import { textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'
import { fact } from '../managers/fact'
import type { Reads } from '../managers/reads'
import { countsText } from './kinds'
import type { Consequences } from './types'

export async function customKindConsequences(definition: KubeObject, reads: Reads): Promise<Consequences> {
  const [group, plural] = [textAt(definition, 'spec', 'group'), textAt(definition, 'spec', 'names', 'plural')]
  const kind = textAt(definition, 'spec', 'names', 'kind')
  const confirm = definition.metadata.name
  const resource = (await reads.resources()).find((each) => each.group === group && each.plural === plural)
  const final = fact('crd-not-undone', 'This cannot be undone.')
  if (!resource) {
    const note = fact('crd-not-served', 'Also deletes all objects of kind {kind}. How many there are is not known.', {
      kind,
    })
    return { notes: [note, final], deletes: 1, confirm }
  }
  const read = await reads.count(resource, {})
  if ('unread' in read) {
    const params = { kind, reason: read.unread }
    const text = 'Also deletes all objects of kind {kind}. They could not be counted: {reason}.'
    return { notes: [fact('crd-not-counted', text, params), final], deletes: 1, confirm }
  }
  const { count, more } = read.value
  const params = { kind, count, objects: countsText([[kind, count]]) }
  const note =
    count === 0
      ? fact('crd-empty', 'There are no objects of kind {kind}.', params)
      : more
        ? fact('crd-objects-at-least', 'Also deletes all objects of kind {kind}, at least {objects}.', params)
        : fact('crd-objects', 'Also deletes {objects}: all that there are, in all namespaces.', params)
  return { notes: [note, final], deletes: 1 + count, confirm }
}
