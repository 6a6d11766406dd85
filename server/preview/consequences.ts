/** What goes with an object that is deleted, in words. */
import type { PreviewNote } from '#shared/preview-note'
import { isRecord, recordAt, textAt } from './fields'
import { note } from './note'
import type { Reader } from './reader'
import { countOf } from './words'
import type { KubernetesObject } from './types'

const POD = { apiVersion: 'v1', kind: 'Pod' }
const OWNERS_OF_PODS = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'])

export async function consequences(object: KubernetesObject, reader: Reader): Promise<PreviewNote[]> {
  const kind = textAt(object, 'kind') ?? ''
  const name = textAt(object, 'metadata', 'name') ?? ''
  if (kind === 'Namespace') return [await contents(name, reader)]
  if (OWNERS_OF_PODS.has(kind)) return await podsOf(object, reader)
  if (kind === 'PersistentVolumeClaim') return [note('delete-volume')]
  if (kind === 'CustomResourceDefinition') return [note('delete-crd')]
  const owner = ownerOf(object)
  return owner ? [note('delete-owned', { owner })] : []
}

async function podsOf(object: KubernetesObject, reader: Reader): Promise<PreviewNote[]> {
  const labels = Object.entries(recordAt(object, 'spec', 'selector', 'matchLabels'))
  const namespace = textAt(object, 'metadata', 'namespace')
  if (labels.length === 0 || !namespace) return [note('delete-pods-unnamed')]
  const labelSelector = labels.map(([key, value]) => `${key}=${String(value)}`).join(',')
  const listed = await reader.list({ type: POD, namespace, labelSelector })
  if (listed.state !== 'found') return [note('delete-pods-unlisted')]
  return [note('delete-pods', { pods: countOf(listed.rows, 'pod') })]
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

async function contents(namespace: string, reader: Reader): Promise<PreviewNote> {
  const all = await Promise.all(
    CONTENTS.map(async ([apiVersion, kind]) => {
      return { kind, listed: await reader.list({ type: { apiVersion, kind }, namespace }) }
    }),
  )
  const unlisted = all.flatMap(({ kind, listed }) => (listed.state === 'found' ? [] : [`${kind}s`])).join(', ')
  const found = all
    .flatMap(({ kind, listed }) => {
      if (listed.state !== 'found' || listed.rows.length === 0) return []
      // Names of Secrets say enough of themselves already.
      const { length } = listed.rows
      return kind === 'Secret' ? `${length} Secret${length === 1 ? '' : 's'}` : countOf(listed.rows, kind)
    })
    .join(', ')
  if (unlisted && found) return note('namespace-partly', { namespace, contents: found, unlisted })
  if (unlisted) return note('namespace-unlisted', { namespace, unlisted })
  return found ? note('namespace-contents', { namespace, contents: found }) : note('namespace-empty', { namespace })
}
