/** Flux Operator: a ResourceSet or a FluxInstance applies the object. */
import { labelOf } from '../marks'
import { markedManager } from '../marked'

export const fluxOperator = markedManager({
  id: 'flux-operator',
  find(object) {
    const set = labelOf(object, 'resourceset.fluxcd.controlplane.io/name')
    if (set !== undefined) return `Flux Operator's ResourceSet ${set}`
    const instance = labelOf(object, 'fluxcd.controlplane.io/name')
    return instance === undefined ? undefined : `Flux Operator's FluxInstance ${instance}`
  },
  update: 'it will be reverted at the next reconciliation',
  delete: 'it will be created again at the next reconciliation',
  source: (name) => name.replace("Flux Operator's ", ''),
})
