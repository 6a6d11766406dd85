/** An admission webhook that blocks requests because its Service does not answer. */
import { at, listAt, textAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { serviceOf } from '../../chains/dependencies'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import type { World } from '../../world/world'

const KINDS = ['Validating', 'Mutating'].map((each) => `admissionregistration.k8s.io/${each}WebhookConfiguration`)

export const webhook: Check = {
  id: 'webhook',
  reads: [...KINDS, 'Service', 'discovery.k8s.io/EndpointSlice'],
  reference: 'https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy',
  find: (world) => KINDS.flatMap((kind) => world.list(kind).flatMap((each) => findIn(world, each))),
  samples: {
    fires: [
      `
- {apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: guard}, webhooks: [{name: guard.example.com, failurePolicy: Fail, clientConfig: {service: {name: gone, namespace: a}}}]}`,
    ],
    silent: [
      `
- {apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: guard}, webhooks: [{name: guard.example.com, failurePolicy: Ignore, clientConfig: {service: {name: gone, namespace: a}}}]}`,
      `
- {apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: {name: guard}, webhooks: [{name: guard.example.com, failurePolicy: Fail, clientConfig: {service: {name: s, namespace: a}}}]}
- {kind: Service, metadata: {name: s, namespace: a}, spec: {selector: {app: s}}}
- {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s-1, namespace: a, labels: {kubernetes.io/service-name: s}}, endpoints: [{conditions: {ready: true}}]}`,
    ],
  },
}

function findIn(world: World, object: KubeObject): Found[] {
  return listAt(object, 'webhooks').flatMap((each): Found[] => {
    const [ref] = serviceOf(at(each, 'clientConfig', 'service'))
    if (!ref || textAt(each, 'failurePolicy') === 'Ignore') return []
    const isMissing = world.isMissing(ref)
    const hasNone = world.find(ref) !== undefined && world.readyEndpoints(ref) === 0
    if (!isMissing && !hasNone) return []
    const name = textAt(each, 'name') ?? object.metadata.name
    return [
      {
        object: refOf(object),
        severity: 'critical',
        certainty: 'certain',
        cause: isMissing
          ? msg('webhook-service-missing', { name, service: `${ref.namespace ?? ''}/${ref.name}` })
          : msg('webhook-no-endpoints', { name, service: `${ref.namespace ?? ''}/${ref.name}` }),
        next: msg('next-webhook'),
        evidence: [fact('spec', 'failurePolicy: Fail')],
        because: [ref],
      },
    ]
  })
}
