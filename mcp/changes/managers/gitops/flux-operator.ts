/** Flux Operator: a ResourceSet or a FluxInstance applies the object. */
import type { KubeObject } from '../../../kubernetes/types'
import { msg } from '../../../../shared/messages/create'
import { labelOf } from '../marks'
import { markedManager } from '../marked'

function applierOf(object: KubeObject): string | undefined {
  const set = labelOf(object, 'resourceset.fluxcd.controlplane.io/name')
  if (set !== undefined) return `ResourceSet ${set}`
  const instance = labelOf(object, 'fluxcd.controlplane.io/name')
  return instance === undefined ? undefined : `FluxInstance ${instance}`
}

export const fluxOperator = markedManager({
  id: 'flux-operator',
  find(object) {
    const applier = applierOf(object)
    return applier === undefined ? undefined : msg('manager-flux-operator', { object: applier })
  },
  source: (object) => applierOf(object) ?? '',
})
