/** A custom resource whose controller reports a problem, by its conditions and status. */
import { at, textAt } from '../../../../shared/kubernetes/fields'
import { customHealth } from '../../../../shared/kubernetes/health/kinds/custom'
import { conditionsOf } from '../../../../shared/kubernetes/health/conditions'
import { wordVerdict } from '../../../../shared/kubernetes/health/words'
import { groupOf } from '../../../../shared/kubernetes/api'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import { BASE_KINDS } from '../../world/kinds'
import type { Check, Found, Ref } from '../../types'
import type { World } from '../../world/world'

/** Groups that have a check of their own. */
const OTHERS = /^(?:gateway\.networking\.k8s\.io|fleet\.cattle\.io)$|\.toolkit\.fluxcd\.io$/
const BASE = new Set(BASE_KINDS)

export const customResource: Check = {
  id: 'custom-resource',
  reads: ['Pod'],
  reference: 'https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/',
  find: (world) =>
    world
      .kinds()
      .filter((kind) => !BASE.has(kind) && kind !== 'argoproj.io/Application')
      .flatMap((kind) => world.list(kind).flatMap((each) => findIn(world, each))),
  samples: {
    fires: [
      `
- {apiVersion: example.com/v1, kind: Tenant, metadata: {name: t, generation: 1, creationTimestamp: "2026-11-29T10:00:00Z"}, status: {conditions: [{type: Ready, status: "False", reason: QuotaExceeded, message: "quota of 3 namespaces is used up"}]}}`,
      `
- {apiVersion: longhorn.io/v1beta2, kind: Volume, metadata: {name: v, namespace: longhorn-system}, status: {state: attached, robustness: degraded}}`,
    ],
    silent: [
      `
- {apiVersion: example.com/v1, kind: Tenant, metadata: {name: t, generation: 1}, status: {conditions: [{type: Ready, status: "True"}]}}`,
      `
- {apiVersion: example.com/v1, kind: Tenant, metadata: {name: silent}}`,
      `
- {apiVersion: example.com/v1, kind: Thing, metadata: {name: t}, status: {phase: Hibernated}}`,
    ],
  },
}

function findIn(world: World, object: KubeObject): Found[] {
  if (OTHERS.test(groupOf(object.apiVersion ?? ''))) return []
  const health = customHealth(object, { now: world.now })
  const isBad = health.verdict === 'bad' || (health.verdict === 'waiting' && hasFailed(object))
  if (!isBad || !health.reason) return []
  return [
    {
      object: refOf(object),
      severity: 'warning',
      certainty: 'certain',
      cause: msg('custom-bad', { reason: health.reason }),
      next: msg('next-custom-bad'),
      evidence: [fact('status', health.reason)],
      because: [...references(object), ...world.owned(refOf(object)).map(refOf)],
    },
  ]
}

/** A new object may take its time, unless its controller already names a failure. */
function hasFailed(object: KubeObject): boolean {
  return conditionsOf(object).some(
    ({ status, reason = '', message = '' }) =>
      status === 'False' &&
      (wordVerdict(reason) === 'bad' || /\b(?:failed|error|not found|denied|exceeded|invalid)\b/i.test(message)),
  )
}

/** An issuer, a store or a Secret that it names. */
function references(object: KubeObject): Ref[] {
  const { namespace } = object.metadata
  const group = groupOf(object.apiVersion ?? '')
  return ['issuerRef', 'secretStoreRef', 'clusterRef'].flatMap((field): Ref[] => {
    const reference = at(object, 'spec', field)
    const [kind, name] = [textAt(reference, 'kind'), textAt(reference, 'name')]
    if (name === undefined) return []
    const own = kind ?? (field === 'issuerRef' ? 'Issuer' : 'SecretStore')
    const where = own.startsWith('Cluster') ? undefined : namespace
    return [{ kind: `${textAt(reference, 'group') ?? group}/${own}`, namespace: where, name }]
  })
}
