/** `kubectl_delete`: one object, several by name, or all that match a label selector. */
import { msg } from '../../../shared/messages/create'
import { kindWord } from '../../changes/command/kubectl'
import { z } from 'zod'
import type { Draft, Operation, WriteContext } from '../../changes/types'
import { KubeError } from '../../kubernetes/errors/errors'
import { listObjects } from '../../kubernetes/list/list'
import { objectPath } from '../../../shared/kubernetes/api'
import type { ApiResource } from '../../kubernetes/types'
import { text } from '../properties'
import { readSelector } from './pairs'
import { ArgumentReader, invalid } from './reader'
import { findResource, findTarget, namespaceOf, readNamespace, readTargets, withKind, type Target } from './target'
import { titleOf } from './title'
import { writeTool } from './tool'

const properties = { resource: text, name: text, namespace: text, labelSelector: text }

/** A longer card would not be read. */
const MOST = 200

export const kubectlDelete = writeTool({
  name: 'kubectl_delete',
  description: 'Delete an object, or all that a label selector fits.',
  properties,
  required: ['resource'],
  schema: z.object({
    resource: z.string(),
    name: z.union([z.string(), z.array(z.string()).min(2)]).optional(),
    namespace: z.string().optional(),
    labelSelector: z.string().optional(),
  }),
  read: (raw) => {
    const aliases = { labels: 'labelSelector', selector: 'labelSelector', names: 'name' }
    const reader = new ArgumentReader('kubectl_delete', raw, Object.keys(properties), aliases)
    const selector = reader.has('labelSelector')
      ? readSelector('labelSelector', reader.value('labelSelector'))
      : undefined
    const resource = reader.text('resource')
    if (selector !== undefined) {
      if (reader.has('name')) throw invalid('name', msg('delete-one-of-both'))
      if (resource === undefined) throw invalid('resource', msg('delete-needs-resource'))
      const namespace = readNamespace(reader)
      return [{ resource, ...(namespace !== undefined && { namespace }), labelSelector: selector }]
    }
    const targets = readTargets(reader)
    const [first] = targets
    if (!first) throw invalid('name', msg('delete-needs-name'))
    if (targets.some((each) => each.resource !== first.resource)) return targets.map((each) => ({ ...each }))
    const names = targets.map((each) => each.name)
    return [{ ...first, name: names.length === 1 ? first.name : names }]
  },
  draft: async ({ resource: written, name, namespace, labelSelector }, context) => {
    if (name === undefined && labelSelector === undefined) throw invalid('name', msg('delete-needs-name'))
    const targets =
      name === undefined
        ? await selected(written, namespace, labelSelector ?? '', context)
        : await Promise.all(
            [name].flat().map((each) => findTarget({ resource: written, name: each, namespace }, context)),
          )
    const [first, ...others] = targets
    if (!first) throw new KubeError('not-found', msg('delete-nothing-fits'))
    return others.length === 0 ? deletesOne(first, context) : deletesSeveral(targets, first, context)
  },
})

async function selected(
  written: string,
  wanted: string | undefined,
  labelSelector: string,
  context: WriteContext,
): Promise<Target[]> {
  const { cluster, signal } = context
  const resource = await findResource(written, context)
  const namespace = namespaceOf(cluster, resource, wanted)
  const { items, coverage } = await listObjects(cluster, { resource, namespace, labelSelector, signal })
  const { kind } = resource
  const params = { kind, labelSelector, namespace: namespace ?? '' }
  const where = namespace === undefined ? msg('kind-everywhere', { kind }) : msg('kind-in', { kind, namespace })
  if (!coverage.complete) throw new KubeError('not-available', msg('delete-unread', { where }), params)
  if (items.length === 0) throw new KubeError('not-found', msg('delete-no-match', { where, labelSelector }), params)
  if (items.length > MOST)
    throw new KubeError(
      'too-large',
      msg('delete-too-many', { labelSelector, count: items.length, where, most: MOST }),
      { ...params, count: items.length, most: MOST },
    )
  return items.map((live) => ({
    ...{ resource, name: live.metadata.name, namespace: resource.namespaced ? live.metadata.namespace : undefined },
    live: withKind(live, resource),
  }))
}

async function deletesOne(target: Target, context: WriteContext): Promise<Draft> {
  const { resource, name, namespace } = target
  const title = await titleOf('delete', { kind: resource.kind, name, namespace }, {}, context)
  const holdsOthers = isCore(resource, 'namespaces') || resource.plural === 'customresourcedefinitions'
  return { title, operations: [deleteOperation(target)], notes: [], ...(holdsOthers && { confirm: name }) }
}

async function deletesSeveral(targets: Target[], first: Target, context: WriteContext): Promise<Draft> {
  const { resource, namespace } = first
  const { name: cluster } = await context.cluster.identity(context.signal)
  const names = targets.map(({ name }) => name).join(', ')
  const count = targets.length
  return {
    title:
      namespace === undefined
        ? msg('change-delete-several-cluster-scoped', { count, kind: resource.kind, names, cluster })
        : msg('change-delete-several', { count, kind: resource.kind, names, namespace, cluster }),
    operations: targets.map(deleteOperation),
    notes: [],
    kubectl: ['delete', kindWord(resource), ...targets.map(({ name }) => name)],
    confirm: namespace ?? cluster,
  }
}

function isCore({ group, plural }: ApiResource, name: string): boolean {
  return group === '' && plural === name
}

/**
 * The cluster deletes its dependents afterwards. For a DELETE with a body the API server reads options only from the
 * body: it would ignore `dryRun` in the query and delete the object.
 */
function deleteOperation({ resource, namespace, name, live }: Target): Operation {
  return {
    verb: 'delete',
    resource,
    namespace,
    name,
    method: 'DELETE',
    path: objectPath(resource, namespace, name),
    contentType: 'application/json',
    query: {},
    body: { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' },
    live,
    assigned: [],
    notes: [],
  }
}
