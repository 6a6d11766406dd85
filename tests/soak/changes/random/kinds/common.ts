/** Changes of metadata, which every kind has. */
import { at } from '../../../../../shared/kubernetes/fields'
import { record } from '../../busy/objects'
import { jsonPatchStep, patchStep } from '../kind'
import type { Update } from '../kind'

const label: Update = ({ values, place, resource, live }) => {
  const [old] = Object.keys(record(at(live, 'metadata', 'labels'))).filter((name) => name !== 'app')
  const removed = old !== undefined && values.flip() ? `,${old}-` : ''
  const key = values.pick(['first', 'second'].filter((each) => each !== old))
  return {
    verb: 'label',
    call: { tool: 'kubectl_label', args: { resource, ...place, labels: `${key}=${values.label()}${removed}` } },
  }
}

const annotate: Update = ({ values, place, resource }) => {
  const annotations = { [`example.com/${values.pick(['note', 'owner'])}`]: values.text() }
  return { verb: 'annotate', call: { tool: 'kubectl_annotate', args: { resource, ...place, annotations } } }
}

const patchMetadata: Update = (request) =>
  patchStep(request, { metadata: { labels: { [request.values.key()]: request.values.label() } } }, true)

const jsonPatchMetadata: Update = (request) => {
  const { live, values } = request
  const value = { ...record(at(live, 'metadata', 'labels')), 'json-patched': values.label() }
  return jsonPatchStep(request, [{ op: 'add', path: '/metadata/labels', value }])
}

export const METADATA: readonly Update[] = [label, annotate, patchMetadata, jsonPatchMetadata]
