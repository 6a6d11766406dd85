/** Leases, EndpointSlices, events, Ingresses and StorageClasses, each in a group of its own. */
import { eventColumns, leaseColumns, storageClassColumns } from '../../print/core'
import { endpointSliceColumns, ingressColumns } from '../../print/network'
import type { KubeEvent, KubeObject } from '../../types'
import { ingress, storageClass } from '../../schemas/core'
import { builtInKind } from '#shared/kubernetes/built-in-kinds'
import { defineResource, emptyResource, type Resource } from '../resource'
import { plainWriter } from '../writer'

export const platformResources: Resource[] = [
  defineResource({
    names: builtInKind('Lease'),
    list: (snapshot) => snapshot.leases,
    columns: leaseColumns,
  }),
  defineResource({
    names: builtInKind('EndpointSlice'),
    list: (snapshot) => snapshot.endpointSlices,
    columns: endpointSliceColumns,
  }),
  defineResource({
    names: { ...builtInKind('Event'), group: 'events.k8s.io' },
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
    names: builtInKind('Ingress'),
    list: (snapshot) => snapshot.ingresses,
    columns: ingressColumns,
    writer: plainWriter(ingress, (state) => state.ingresses),
    remove: ({ state }, object) => state.ingresses.remove(object),
  }),
  emptyResource('NetworkPolicy'),
  defineResource({
    names: builtInKind('StorageClass'),
    list: (snapshot) => snapshot.storageClasses,
    columns: storageClassColumns,
    writer: plainWriter(storageClass, (state) => state.storageClasses),
    remove: ({ state }, object) => state.storageClasses.remove(object),
  }),
]

/** The same event in the newer group, whose old field names start with `deprecated`. */
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
