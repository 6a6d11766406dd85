/** The image digests that the pods of one template run: more than one means that the tag has moved. */
import { listAt, textAt } from '../../../shared/kubernetes/fields'
import { controllerOf } from '../../changes/managers/owners/owner-references'
import { kindId } from '../../diagnose/ref'
import type { Ref } from '../../diagnose/types'
import type { KubeObject } from '../../kubernetes/types'

export interface Digest {
  /** The controller of the pods, e.g. a ReplicaSet. */
  owner: Ref
  container: string
  /** As the template names it, e.g. `shop/cart:latest`. */
  image: string
  /** `sha256:…` with the start of its first container, in milliseconds since the epoch, oldest first. */
  digests: [digest: string, first: number][]
}

export class Digests {
  private readonly known = new Map<string, Omit<Digest, 'digests'> & { starts: Map<string, number> }>()

  add(pod: KubeObject): void {
    const controller = controllerOf(pod)
    if (pod.kind !== 'Pod' || !controller) return
    const { namespace, labels = {} } = pod.metadata
    // Pods of a DaemonSet or StatefulSet may have another template.
    const template = labels['controller-revision-hash'] ?? ''
    const images = new Map(
      listAt(pod, 'spec', 'containers').map((each) => [textAt(each, 'name') ?? '', textAt(each, 'image') ?? '']),
    )
    for (const status of listAt(pod, 'status', 'containerStatuses')) {
      const container = textAt(status, 'name') ?? ''
      const digest = /sha256:[0-9a-f]{12,}/.exec(textAt(status, 'imageID') ?? '')?.[0]
      const image = images.get(container)
      const start = Date.parse(textAt(status, 'state', 'running', 'startedAt') ?? pod.metadata.creationTimestamp ?? '')
      if (digest === undefined || image === undefined || Number.isNaN(start)) continue
      const owner = { kind: kindId(controller.apiVersion, controller.kind), namespace, name: controller.name }
      const key = [namespace, controller.kind, controller.name, template, container, image].join(' ')
      const found = this.known.get(key) ?? { owner, container, image, starts: new Map<string, number>() }
      this.known.set(key, found)
      found.starts.set(digest, Math.min(start, found.starts.get(digest) ?? Number.POSITIVE_INFINITY))
    }
  }

  /** Images with more than one digest. */
  moved(): Digest[] {
    return [...this.known.values()]
      .filter(({ starts }) => starts.size > 1)
      .map(({ starts, ...each }) => ({ ...each, digests: [...starts].sort((one, other) => one[1] - other[1]) }))
  }
}
