/** Leases, EndpointSlices, events, Ingresses and StorageClasses, each in a group of its own. */
import { eventColumns, leaseColumns, storageClassColumns } from '../../print/core'
import { endpointSliceColumns, ingressColumns } from '../../print/network'
import type { KubeEvent, KubeObject } from '../../types'
import { ingress, storageClass } from '../../schemas/core'
import { defineResource, emptyResource, type Resource } from '../resource'
import { plainWriter } from '../writer'

export const platformResources: Resource[] = [
  defineResource({
    group: 'coordination.k8s.io',
    kind: 'Lease',
    plural: 'leases',
    list: (snapshot) => snapshot.leases,
    columns: leaseColumns,
  }),
  defineResource({
    group: 'discovery.k8s.io',
    kind: 'EndpointSlice',
    plural: 'endpointslices',
    list: (snapshot) => snapshot.endpointSlices,
    columns: endpointSliceColumns,
  }),
  defineResource({
    group: 'events.k8s.io',
    kind: 'Event',
    plural: 'events',
    shortNames: ['ev'],
    list: (snapshot) => snapshot.events,
    columns: eventColumns,
    fields: {
      reason: (event) => event.reason,
      'regarding.kind': (event) => event.involvedObject.kind,
      'regarding.name': (event) => event.involvedObject.name,
      'regarding.namespace': (event) => event.involvedObject.namespace,
      'regarding.uid': (event) => event.involvedObject.uid,
      reportingController: (event) => event.reportingComponent,
      type: (event) => event.type,
    },
    convert: toEventsV1,
  }),
  defineResource({
    group: 'networking.k8s.io',
    kind: 'Ingress',
    plural: 'ingresses',
    shortNames: ['ing'],
    list: (snapshot) => snapshot.ingresses,
    columns: ingressColumns,
    writer: plainWriter(ingress, (state) => state.ingresses),
    remove: ({ state }, object) => state.ingresses.remove(object),
  }),
  emptyResource('networking.k8s.io', 'v1', 'NetworkPolicy', 'networkpolicies', ['netpol']),
  defineResource({
    group: 'storage.k8s.io',
    kind: 'StorageClass',
    plural: 'storageclasses',
    shortNames: ['sc'],
    clusterScoped: true,
    list: (snapshot) => snapshot.storageClasses,
    columns: storageClassColumns,
    writer: plainWriter(storageClass, (state) => state.storageClasses),
    remove: ({ state }, object) => state.storageClasses.remove(object),
  }),
]

/** The same event in the newer group, where the old names carry `deprecated`. */
function toEventsV1(event: KubeEvent): KubeObject {
  const { metadata, involvedObject, type, reason, message, source, reportingComponent, reportingInstance } = event
  const converted = {
    apiVersion: 'events.k8s.io/v1',
    deprecatedCount: event.count,
    deprecatedFirstTimestamp: event.firstTimestamp,
    deprecatedLastTimestamp: event.lastTimestamp,
    deprecatedSource: source,
    eventTime: null,
    kind: 'Event',
    metadata,
    note: message,
    reason,
    regarding: involvedObject,
    reportingController: reportingComponent,
    reportingInstance,
    type,
  }
  return converted
}
