/** The ConfigMaps and Secrets that a pod refers to, and where. */
import { at, listAt, textAt } from '../../../../shared/kubernetes/fields'
import type { KubeObject } from '../../../kubernetes/types'
import type { Ref } from '../../types'

interface ConfigRef {
  ref: Ref
  optional: boolean
  /** The field, e.g. `envFrom of container web`. */
  use: string
}

export function configRefs(pod: KubeObject): ConfigRef[] {
  const { namespace } = pod.metadata
  const refer = (kind: 'ConfigMap' | 'Secret', source: unknown, use: string, field = 'name'): ConfigRef[] => {
    const name = textAt(source, field)
    return name === undefined
      ? []
      : [{ ref: { kind, namespace, name }, optional: at(source, 'optional') === true, use }]
  }
  const containers = [...listAt(pod, 'spec', 'initContainers'), ...listAt(pod, 'spec', 'containers')]
  const inContainers = containers.flatMap((container) => {
    const of = `of container ${textAt(container, 'name') ?? ''}`
    return [
      ...listAt(container, 'envFrom').flatMap((each) => [
        ...refer('ConfigMap', at(each, 'configMapRef'), `envFrom ${of}`),
        ...refer('Secret', at(each, 'secretRef'), `envFrom ${of}`),
      ]),
      ...listAt(container, 'env').flatMap((each) => {
        const use = `env ${textAt(each, 'name') ?? ''} ${of}`
        return [
          ...refer('ConfigMap', at(each, 'valueFrom', 'configMapKeyRef'), use),
          ...refer('Secret', at(each, 'valueFrom', 'secretKeyRef'), use),
        ]
      }),
    ]
  })
  const inVolumes = listAt(pod, 'spec', 'volumes').flatMap((volume) => {
    const use = `volume ${textAt(volume, 'name') ?? ''}`
    return [
      ...refer('ConfigMap', at(volume, 'configMap'), use),
      ...refer('Secret', at(volume, 'secret'), use, 'secretName'),
      ...listAt(volume, 'projected', 'sources').flatMap((source) => [
        ...refer('ConfigMap', at(source, 'configMap'), use),
        ...refer('Secret', at(source, 'secret'), use),
      ]),
    ]
  })
  return [...inContainers, ...inVolumes]
}
