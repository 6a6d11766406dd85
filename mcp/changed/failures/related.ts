/** The objects that a trouble can come from: owners, dependencies, configuration, nodes, and what leads to its objects. */
import { at, isRecord, listAt, textAt } from '../../../shared/kubernetes/fields'
import { HELM_RELEASE } from '../../diagnose/checks/delivery/helm-release'
import { podClaims } from '../../diagnose/checks/pods/claims'
import { configRefs } from '../../diagnose/checks/pods/config-refs'
import { dependenciesOf } from '../../diagnose/chains/dependencies'
import { ownersOf } from '../../diagnose/chains/owners'
import { hostOfValue, serviceOfHost } from '../../diagnose/hosts'
import { keyOf, kindId } from '../../diagnose/ref'
import type { Ref } from '../../diagnose/types'
import type { World } from '../../diagnose/world/world'
import type { KubeObject } from '../../kubernetes/types'

const MOST_VISITED = 2_000

/** Keys of the objects themselves and all that they depend on. */
export function relatedTo(world: World, refs: readonly Ref[]): Set<string> {
  const seen = new Set<string>()
  const queue = [...refs]
  for (const ref of queue) {
    const key = keyOf(ref)
    if (seen.has(key) || seen.size > MOST_VISITED) continue
    seen.add(key)
    const object = world.find(ref)
    queue.push(...ownersOf(world, ref), ...dependenciesOf(world, ref))
    if (object) queue.push(...partsOf(world, object))
  }
  return seen
}

/** What an object names in its fields. */
function partsOf(world: World, object: KubeObject): Ref[] {
  const { namespace, annotations = {} } = object.metadata
  const release = annotations['meta.helm.sh/release-name']
  const target = at(object, 'spec', 'scaleTargetRef')
  return [
    ...(release === undefined
      ? []
      : [{ kind: HELM_RELEASE, namespace: annotations['meta.helm.sh/release-namespace'] ?? namespace, name: release }]),
    ...(isRecord(target)
      ? [
          {
            kind: kindId(textAt(target, 'apiVersion') ?? 'v1', textAt(target, 'kind') ?? ''),
            namespace,
            name: textAt(target, 'name') ?? '',
          },
        ]
      : []),
    ...claimParts(object),
    ...podParts(world, podOf(object)),
  ]
}

function claimParts(object: KubeObject): Ref[] {
  if (object.kind !== 'PersistentVolumeClaim') return []
  const [volume, storageClass] = [textAt(object, 'spec', 'volumeName'), textAt(object, 'spec', 'storageClassName')]
  return [
    ...(volume === undefined ? [] : [{ kind: 'PersistentVolume', name: volume }]),
    ...(storageClass === undefined ? [] : [{ kind: 'storage.k8s.io/StorageClass', name: storageClass }]),
  ]
}

/** A pod, or a workload's template as a pod. */
function podOf(object: KubeObject): KubeObject | undefined {
  if (object.kind === 'Pod') return object
  const template = at(object, 'spec', 'template') ?? at(object, 'spec', 'jobTemplate', 'spec', 'template')
  return isRecord(template) ? { ...object, spec: template.spec } : undefined
}

function podParts(world: World, pod: KubeObject | undefined): Ref[] {
  if (!pod) return []
  const { namespace } = pod.metadata
  const node = textAt(pod, 'spec', 'nodeName')
  const priority = textAt(pod, 'spec', 'priorityClassName')
  const hosts = listAt(pod, 'spec', 'containers')
    .flatMap((container) => listAt(container, 'env'))
    .flatMap((each) => hostOfValue(textAt(each, 'name') ?? '', textAt(each, 'value') ?? '') ?? [])
  return [
    ...configRefs(pod).map(({ ref }) => ref),
    ...podClaims(pod),
    { kind: 'ServiceAccount', namespace, name: textAt(pod, 'spec', 'serviceAccountName') ?? 'default' },
    ...(node === undefined ? [] : [{ kind: 'Node', name: node }]),
    ...(priority === undefined ? [] : [{ kind: 'scheduling.k8s.io/PriorityClass', name: priority }]),
    ...hosts.flatMap((host) => serviceOfHost(world, host, namespace) ?? []),
  ]
}
