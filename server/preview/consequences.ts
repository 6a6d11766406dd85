/** What goes with an object that is deleted, in words. */
import { isRecord, recordAt, textAt } from './fields'
import type { Reader } from './reader'
import { countOf, countOrWhy } from './words'
import type { KubernetesObject } from './types'

const POD = { apiVersion: 'v1', kind: 'Pod' }
const OWNERS_OF_PODS = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'])

export async function consequences(object: KubernetesObject, reader: Reader): Promise<string[]> {
  const kind = textAt(object, 'kind') ?? ''
  const name = textAt(object, 'metadata', 'name') ?? ''
  if (kind === 'Namespace') return [await contents(name, reader)]
  if (OWNERS_OF_PODS.has(kind)) return await podsOf(object, reader)
  if (kind === 'PersistentVolumeClaim')
    return ['Its volume, with the data in it, goes too where its reclaim policy is Delete.']
  if (kind === 'CustomResourceDefinition') return ['Every object of this kind goes with it, in all namespaces.']
  const controller = ownerOf(object)
  return controller ? [`${controller} owns it, and may make another in its place.`] : []
}

async function podsOf(object: KubernetesObject, reader: Reader): Promise<string[]> {
  const labels = Object.entries(recordAt(object, 'spec', 'selector', 'matchLabels'))
  const namespace = textAt(object, 'metadata', 'namespace')
  if (labels.length === 0 || !namespace) return ['Its pods go with it.']
  const labelSelector = labels.map(([key, value]) => `${key}=${String(value)}`).join(',')
  const listed = await reader.list({ type: POD, namespace, labelSelector })
  return [`With it go ${countOrWhy(listed, 'pod')}.`]
}

function ownerOf(object: KubernetesObject): string | undefined {
  const owners = recordAt(object, 'metadata').ownerReferences
  const owner = Array.isArray(owners) ? owners.filter(isRecord).find((each) => each.controller === true) : undefined
  return owner ? `${textAt(owner, 'kind')} ${textAt(owner, 'name')}` : undefined
}

/** What people keep in a namespace; whatever else is in it goes too. */
const CONTENTS = [
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'DaemonSet'],
  ['batch/v1', 'Job'],
  ['v1', 'Pod'],
  ['v1', 'Service'],
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['v1', 'PersistentVolumeClaim'],
] as const

async function contents(namespace: string, reader: Reader): Promise<string> {
  const counted = await Promise.all(
    CONTENTS.map(async ([apiVersion, kind]) => {
      const listed = await reader.list({ type: { apiVersion, kind }, namespace })
      if (listed.state !== 'found') return `${kind}s that could not be listed`
      if (listed.rows.length === 0) return undefined
      // Names of Secrets say enough of themselves already.
      return kind === 'Secret'
        ? `${listed.rows.length} Secret${listed.rows.length === 1 ? '' : 's'}`
        : countOf(listed.rows, kind)
    }),
  )
  const found = counted.filter((each) => each !== undefined)
  return `Everything in namespace ${namespace} goes with it: ${found.length > 0 ? found.join(', ') : 'nothing was found of the usual kinds'}, and objects of other kinds.`
}
