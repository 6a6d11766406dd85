/** `kubectl_scale`: sets the replica count through the scale subresource of any kind that has one. */
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import { objectWord } from '../../changes/command/kubectl'
import type { WriteContext } from '../../changes/types'
import { KubeError } from '../../kubernetes/errors/errors'
import { at, numberAt } from '../../kubernetes/read/fields'
import { objectSchema } from '../../kubernetes/list/paging'
import { objectPath } from '../../../shared/kubernetes/api'
import { integer, text } from '../properties'
import { ArgumentReader, invalid } from './reader'
import { findTarget, readTargets, targetShape, type Target } from './target'
import { titleOf } from './title'
import { patchOperation, writeTool } from './tool'

const properties = { resource: text, name: text, namespace: text, replicas: integer }

export const kubectlScale = writeTool({
  name: 'kubectl_scale',
  description: 'Set the number of replicas.',
  properties,
  required: ['name', 'replicas'],
  schema: z.object({ ...targetShape, replicas: z.number().int().nonnegative() }),
  read: (raw) => {
    const reader = new ArgumentReader('kubectl_scale', raw, Object.keys(properties), {
      count: 'replicas',
      size: 'replicas',
      scale: 'replicas',
    })
    const replicas = reader.count('replicas')
    if (replicas === undefined) throw invalid('replicas', msg('scale-needs-replicas'))
    return readTargets(reader, 'deployment').map((target) => ({ ...target, replicas }))
  },
  draft: async ({ replicas, ...args }, context) => {
    const target = await findTarget(args, context)
    const from = await replicasOf(target, context)
    const { resource, name, namespace } = target
    const operation = patchOperation(target, 'application/merge-patch+json', { spec: { replicas } })
    operation.path += '/scale'
    return {
      title: await titleOf('scale', { kind: resource.kind, name, namespace }, { from, to: replicas }, context),
      operations: [operation],
      notes: [],
      kubectl: ['scale', objectWord(target), `--replicas=${replicas}`],
    }
  },
})

/** Reads the scale subresource, since custom kinds choose their own field for the count. */
async function replicasOf({ resource, name, namespace }: Target, { cluster, signal }: WriteContext): Promise<number> {
  const path = `${objectPath(resource, namespace, name)}/scale`
  try {
    const scale = await cluster.client.get(path, { schema: objectSchema, signal })
    // The API omits a count of 0.
    if (at(scale, 'spec') !== undefined || scale.kind === 'Scale') return numberAt(scale, 'spec', 'replicas') ?? 0
  } catch (error) {
    if (!(error instanceof KubeError) || (error.code !== 'not-found' && error.code !== 'bad-request')) throw error
  }
  throw new KubeError('invalid-arguments', msg('kind-not-scalable', { kind: resource.kind }))
}
