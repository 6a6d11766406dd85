/** The kinds of the core group. */
import * as core from '../../print/core'
import { endpointsColumns, serviceColumns } from '../../print/network'
import { podColumns } from '../../print/pods'
import { quotaColumns } from '../../print/policies'
import * as schemas from '../../schemas/core'
import * as policies from '../../schemas/policies'
import { builtInKind } from '#shared/kubernetes/built-in-kinds'
import { defineResource, emptyResource, type Resource } from '../resource'
import { plainWriter } from '../writer'
import * as writers from './core-writers'

export const coreResources: Resource[] = [
  defineResource({
    names: builtInKind('ConfigMap'),
    list: (snapshot) => snapshot.configMaps,
    columns: core.configMapColumns,
    writer: plainWriter(schemas.configMap, (state) => state.configMaps),
    remove: ({ state }, object) => state.configMaps.remove(object),
  }),
  defineResource({
    names: builtInKind('Endpoints'),
    list: (snapshot) => snapshot.endpoints,
    columns: endpointsColumns,
  }),
  defineResource({
    names: builtInKind('Event'),
    list: (snapshot) => snapshot.events,
    columns: core.eventColumns,
    fields: {
      'involvedObject.apiVersion': (event) => event.involvedObject.apiVersion,
      'involvedObject.fieldPath': (event) => event.involvedObject.fieldPath,
      'involvedObject.kind': (event) => event.involvedObject.kind,
      'involvedObject.name': (event) => event.involvedObject.name,
      'involvedObject.namespace': (event) => event.involvedObject.namespace,
      'involvedObject.resourceVersion': (event) => event.involvedObject.resourceVersion,
      'involvedObject.uid': (event) => event.involvedObject.uid,
      reason: (event) => event.reason,
      reportingComponent: (event) => event.reportingComponent,
      source: (event) => event.source.component,
      type: (event) => event.type,
    },
  }),
  emptyResource('LimitRange'),
  defineResource({
    names: builtInKind('Namespace'),
    list: (snapshot) => snapshot.namespaces,
    columns: core.namespaceColumns,
    fields: { 'status.phase': (namespace) => namespace.status.phase },
    writer: writers.namespaceWriter,
    remove: ({ state }, object) => state.namespaces.remove(object),
  }),
  defineResource({
    names: builtInKind('Node'),
    list: (snapshot) => snapshot.nodes,
    columns: core.nodeColumns,
    fields: { 'spec.unschedulable': (node) => String(node.spec.unschedulable ?? false) },
    writer: writers.nodeWriter,
  }),
  defineResource({
    names: builtInKind('PersistentVolumeClaim'),
    list: (snapshot) => snapshot.claims,
    columns: core.claimColumns,
    writer: plainWriter(schemas.claim, (state) => state.claims),
    remove: ({ state }, object) => state.claims.remove(object),
  }),
  defineResource({
    names: builtInKind('PersistentVolume'),
    list: (snapshot) => snapshot.volumes,
    columns: core.volumeColumns,
    remove: ({ state }, object) => state.volumes.remove(object),
  }),
  defineResource({
    names: builtInKind('Pod'),
    inAll: true,
    subresources: ['log', 'eviction'],
    list: (snapshot) => snapshot.pods,
    columns: podColumns,
    fields: {
      'spec.hostNetwork': (pod) => String(pod.spec.hostNetwork ?? false),
      'spec.nodeName': (pod) => pod.spec.nodeName,
      'spec.restartPolicy': (pod) => pod.spec.restartPolicy,
      'spec.schedulerName': (pod) => pod.spec.schedulerName,
      'spec.serviceAccountName': (pod) => pod.spec.serviceAccountName,
      'status.nominatedNodeName': () => '',
      'status.phase': (pod) => pod.status.phase,
      'status.podIP': (pod) => pod.status.podIP,
    },
    writer: writers.podWriter,
    remove: writers.removePod,
    ended: ({ status: { phase } }) => (phase === 'Succeeded' || phase === 'Failed' ? phase : undefined),
  }),
  emptyResource('ReplicationController', true),
  defineResource({
    names: builtInKind('ResourceQuota'),
    list: (snapshot) => snapshot.quotas,
    columns: quotaColumns,
    writer: plainWriter(policies.quota, (state) => state.quotas),
    remove: ({ state }, object) => state.quotas.remove(object),
  }),
  defineResource({
    names: builtInKind('Secret'),
    list: (snapshot) => snapshot.secrets,
    columns: core.secretColumns,
    fields: { type: (secret) => secret.type },
    writer: plainWriter(schemas.secret, (state) => state.secrets),
    remove: ({ state }, object) => state.secrets.remove(object),
  }),
  defineResource({
    names: builtInKind('ServiceAccount'),
    list: (snapshot) => snapshot.serviceAccounts,
    columns: core.serviceAccountColumns,
    writer: plainWriter(schemas.serviceAccount, (state) => state.serviceAccounts),
    remove: ({ state }, object) => state.serviceAccounts.remove(object),
  }),
  defineResource({
    names: builtInKind('Service'),
    inAll: true,
    list: (snapshot) => snapshot.services,
    columns: serviceColumns,
    fields: {
      'spec.clusterIP': (service) => service.spec.clusterIP,
      'spec.type': (service) => service.spec.type,
    },
    writer: writers.serviceWriter,
    remove: ({ state }, object) => state.services.remove(object),
  }),
]
