/** Services that lose pods, and other users of a deleted object. */
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { at, listAt, recordAt, textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'
import type { Reads } from '../managers/reads'
import { matchesLabels } from '../../../shared/kubernetes/selectors'
import { notChecked } from '../managers/unread'

/**
 * Services whose pods are deleted.
 * @param going UIDs of the deleted pods
 * @param pods all pods of the namespace
 * @param replaced true if new pods replace them
 */
export async function servicesNotes(
  namespace: string,
  going: ReadonlySet<string>,
  pods: readonly KubeObject[],
  reads: Reads,
  replaced = false,
): Promise<ResultNote[]> {
  if (going.size === 0) return []
  const read = await reads.list('Service', namespace)
  if ('unread' in read) return [notChecked('Services', read.unread)]
  return read.value.flatMap((service) => {
    const selected = pods.filter((pod) =>
      matchesLabels(recordAt(service, 'spec', 'selector'), recordAt(pod, 'metadata', 'labels')),
    )
    const lost = selected.filter(({ metadata }) => metadata.uid !== undefined && going.has(metadata.uid)).length
    const name = service.metadata.name
    if (lost === 0) return []
    if (replaced) return lost === selected.length ? [msg('service-waits', { name })] : []
    return lost === selected.length
      ? [msg('service-without-pods', { name })]
      : [
          msg('service-loses-pods', {
            name,
            lost,
            all: selected.length,
          }),
        ]
  })
}

/** Ingresses that route to a Service. */
export async function routesNotes(service: KubeObject, reads: Reads): Promise<ResultNote[]> {
  const { namespace, name } = service.metadata
  const read = await reads.list('networking.k8s.io/Ingress', namespace)
  if ('unread' in read) return [notChecked('Ingresses', read.unread)]
  const names = read.value.filter((ingress) => backendsOf(ingress).includes(name)).map((each) => each.metadata.name)
  return names.length === 0 ? [] : [msg('service-routed', { names: names.join(', ') })]
}

function backendsOf(ingress: KubeObject): string[] {
  const paths = listAt(ingress, 'spec', 'rules').flatMap((rule) => listAt(rule, 'http', 'paths'))
  const backends = [at(ingress, 'spec', 'defaultBackend'), ...paths.map((path) => at(path, 'backend'))]
  return backends.map((backend) => textAt(backend, 'service', 'name'))
}

/** Pods that use a ConfigMap, Secret, ServiceAccount or PersistentVolumeClaim. */
export async function usersNotes(object: KubeObject, reads: Reads): Promise<ResultNote[]> {
  const { namespace, name } = object.metadata
  const read = await reads.list('Pod', namespace)
  if ('unread' in read) return [notChecked('Pods', read.unread)]
  const users = read.value.filter((pod) => uses(pod, object.kind ?? '', name))
  if (users.length === 0) return []
  const params = { pods: msg('pods', { n: users.length }), count: users.length }
  if (object.kind === 'PersistentVolumeClaim') return [msg('claim-used', params)]
  return [msg('used-by-pods', params)]
}

function uses(pod: KubeObject, kind: string, name: string): boolean {
  const volumes = listAt(pod, 'spec', 'volumes')
  const containers = ['containers', 'initContainers'].flatMap((field) => listAt(pod, 'spec', field))
  const inVolumes = (...path: string[]) =>
    volumes.some(
      (volume) =>
        textAt(volume, ...path) === name ||
        listAt(volume, 'projected', 'sources').some((source) => textAt(source, path[0] ?? '', 'name') === name),
    )
  const inEnvironment = (source: string, key: string) =>
    containers.some(
      (container) =>
        listAt(container, 'envFrom').some((each) => textAt(each, source, 'name') === name) ||
        listAt(container, 'env').some((each) => textAt(each, 'valueFrom', key, 'name') === name),
    )
  switch (kind) {
    case 'ConfigMap':
      return inVolumes('configMap', 'name') || inEnvironment('configMapRef', 'configMapKeyRef')
    case 'Secret':
      return inVolumes('secret', 'secretName') || inEnvironment('secretRef', 'secretKeyRef')
    case 'ServiceAccount':
      return textAt(pod, 'spec', 'serviceAccountName') === name
    case 'PersistentVolumeClaim':
      return inVolumes('persistentVolumeClaim', 'claimName')
    default:
      return false
  }
}
