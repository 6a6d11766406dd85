/** `kubectl_cordon`: makes a node unschedulable, or schedulable again. */
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import type { Operation } from '../../changes/types'
import { at } from '../../kubernetes/read/fields'
import { boolean, text } from '../properties'
import { ArgumentReader, invalid } from './reader'
import { findTarget, readTargets, type Target } from './target'
import { titleOf } from './title'
import { patchOperation, writeTool } from './tool'

const properties = { name: text, uncordon: boolean }

/** Aliases for a node's name in `kubectl_cordon` and `kubectl_drain`. */
export const NODE_ALIASES = { node: 'name', nodename: 'name' }

export const kubectlCordon = writeTool({
  name: 'kubectl_cordon',
  description: 'Cordon or uncordon a node.',
  properties,
  required: ['name'],
  schema: z.object({ name: z.string(), uncordon: z.boolean().optional() }),
  read: (raw) => {
    const reader = new ArgumentReader('kubectl_cordon', raw, [...Object.keys(properties), 'resource'], NODE_ALIASES)
    const uncordon = reader.boolean('uncordon')
    return readNodes(reader).map((name) => ({ name, ...(uncordon !== undefined && { uncordon }) }))
  },
  draft: async ({ name, uncordon = false }, context) => {
    const target = await findTarget({ resource: 'nodes', name }, context)
    const isCordoned = at(target.live, 'spec', 'unschedulable') === true
    const operation = cordonOperation(target, !uncordon)
    if (isCordoned !== uncordon) {
      operation.notes.push(uncordon ? msg('not-cordoned', { name }) : msg('cordoned-already', { name }))
    }
    const node = { kind: 'Node', name, namespace: undefined }
    const title = await titleOf(uncordon ? 'uncordon' : 'cordon', node, {}, context)
    return { title, operations: [operation], notes: [], kubectl: [uncordon ? 'uncordon' : 'cordon', name] }
  },
})

/**
 * Node names, also as `node/worker-1`.
 * @throws KubeError `invalid-arguments` for another kind
 */
export function readNodes(reader: ArgumentReader): string[] {
  return readTargets(reader, 'node').map(({ resource, name }) => {
    if (/^(v1\/)?(nodes?|no)$/i.test(resource)) return name
    throw invalid('resource', msg('cordon-kinds', { resource: resource.slice(0, 80) }))
  })
}

export function cordonOperation(target: Target, unschedulable: boolean): Operation {
  const body = { spec: { unschedulable: unschedulable ? true : null } }
  return patchOperation(target, 'application/merge-patch+json', body)
}
