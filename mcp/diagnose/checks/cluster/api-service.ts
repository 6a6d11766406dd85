/** An aggregated API that does not answer. */
import { condition, conditionsOf, explainCondition } from '../../../../shared/kubernetes/health/conditions'
import { at } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { serviceOf } from '../../chains/dependencies'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'

export const apiService: Check = {
  id: 'api-service',
  reads: ['apiregistration.k8s.io/APIService'],
  reference: 'https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/',
  find: (world) => world.list('apiregistration.k8s.io/APIService').flatMap(findIn),
  samples: {
    fires: [
      `
- {apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1beta1.metrics.k8s.io}, spec: {service: {name: m, namespace: kube-system}}, status: {conditions: [{type: Available, status: "False", reason: MissingEndpoints, message: "endpoints for service/m have no addresses"}]}}`,
    ],
    silent: [
      `
- {apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1.apps}, status: {conditions: [{type: Available, status: "True", reason: Local}]}}`,
    ],
  },
}

function findIn(object: KubeObject): Found[] {
  const available = condition(conditionsOf(object), 'Available')
  if (available?.status !== 'False') return []
  return [
    {
      object: refOf(object),
      severity: 'critical',
      certainty: 'certain',
      cause: msg('api-unavailable'),
      next: msg('next-api-unavailable'),
      evidence: [fact('status', explainCondition(available))],
      because: serviceOf(at(object, 'spec', 'service')),
    },
  ]
}
