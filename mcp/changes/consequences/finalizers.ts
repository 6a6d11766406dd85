/** Finalizers that delay a deletion, and those that delete something outside. */
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { listAt, textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'
import { groupOf } from '../../../shared/kubernetes/api'

/** Kubernetes' own finalizers: removed once the object is unused, which other notes report. */
const OWN =
  /^(kubernetes\.io\/(pvc|pv)-protection|foregroundDeletion|orphan|kubernetes|customresourcecleanup\.apiextensions\.k8s\.io)$/

export function finalizersNote(object: KubeObject): ResultNote | undefined {
  const names = listAt(object, 'metadata', 'finalizers').filter((name) => typeof name === 'string' && !OWN.test(name))
  if (names.length === 0) return undefined
  const params = { finalizers: names.join(', '), count: names.length }
  return msg('finalizers', params)
}

/** Objects that deploy others: deleting them deletes what they deployed. */
export function deploymentNote(object: KubeObject): { note: ResultNote; count: number } | undefined {
  const group = groupOf(object.apiVersion ?? '')
  const finalizers = listAt(object, 'metadata', 'finalizers')
  const [resources, entries] = [listAt(object, 'status', 'resources'), listAt(object, 'status', 'inventory', 'entries')]
  const name = object.metadata.name
  if (group === 'argoproj.io' && object.kind === 'Application') {
    const prunes = finalizers.some((each) => String(each).startsWith('resources-finalizer.argocd.argoproj.io'))
    return prunes
      ? deletes(resources.length, `Argo CD application ${name}`)
      : {
          note: msg('deployed-kept', { name: `Argo CD application ${name}` }),
          count: 0,
        }
  }
  if (group === 'kustomize.toolkit.fluxcd.io' && object.kind === 'Kustomization') {
    const isSuspended = textAt(object, 'spec', 'suspend') === 'true'
    const prunes = textAt(object, 'spec', 'prune') === 'true' && !isSuspended
    return prunes && textAt(object, 'spec', 'deletionPolicy') !== 'Orphan'
      ? deletes(entries.length, `Flux Kustomization ${name}`)
      : {
          note: msg('deployed-kept', { name: `Flux Kustomization ${name}` }),
          count: 0,
        }
  }
  if (
    group === 'helm.toolkit.fluxcd.io' &&
    object.kind === 'HelmRelease' &&
    textAt(object, 'spec', 'suspend') !== 'true'
  )
    return deletes(entries.length, `Flux HelmRelease ${name}`)
  if (group === 'fleet.cattle.io' && (object.kind === 'GitRepo' || object.kind === 'Bundle'))
    return deletes(resources.length, `Fleet ${object.kind} ${name}`)
  return undefined
}

function deletes(count: number, name: string): { note: ResultNote; count: number } {
  // An unknown count still means more than one.
  if (count === 0) return { note: msg('deployed-deleted', { name }), count: 1 }
  const params = { name, count, objects: msg('objects', { n: count }) }
  return { note: msg('deployed-deleted-count', params), count }
}
