/** GitRepos, Bundles and BundleDeployments of Fleet that are not ready. */
import { listAt, textAt } from '../../../../shared/kubernetes/fields'
import { conditionsOf, explainCondition } from '../../../../shared/kubernetes/health/conditions'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { kindId, refOf } from '../../ref'
import type { Check, Found, Ref } from '../../types'
import type { World } from '../../world/world'

const GROUP = 'fleet.cattle.io'
const KINDS = ['GitRepo', 'Bundle', 'BundleDeployment'] as const

export const fleet: Check = {
  id: 'fleet',
  reads: [`${GROUP}/Bundle`],
  reference: 'https://fleet.rancher.io/troubleshooting',
  explains: ['custom-resource'],
  find: (world) => KINDS.flatMap((kind) => world.list(`${GROUP}/${kind}`).flatMap((each) => findIn(world, each))),
  samples: {
    fires: [
      `
- {apiVersion: fleet.cattle.io/v1alpha1, kind: Bundle, metadata: {name: shop, namespace: fleet-local}, status: {conditions: [{type: Ready, status: "False", message: "NotReady(1) [Cluster fleet-local/local]; deployment.apps shop/web [progressing] Deployment does not have minimum availability"}]}}`,
    ],
    silent: [
      `
- {apiVersion: fleet.cattle.io/v1alpha1, kind: Bundle, metadata: {name: shop, namespace: fleet-local}, status: {conditions: [{type: Ready, status: "True"}]}}`,
    ],
  },
}

function findIn(world: World, object: KubeObject): Found[] {
  const conditions = conditionsOf(object)
  const failing =
    conditions.find(({ type, status }) => type === 'Stalled' && status === 'True') ??
    conditions.find(
      ({ type, status }) => /^(?:Ready|Deployed|Installed|Accepted|GitPolling)$/.test(type) && status === 'False',
    )
  if (!failing || failing.message === undefined) return []
  return [
    {
      object: refOf(object),
      severity: 'warning',
      certainty: 'certain',
      cause: msg('fleet-not-ready', { condition: failing.type }),
      next: msg('next-fleet'),
      evidence: [fact('status', explainCondition(failing))],
      because: [...lower(world, object), ...nonReady(object)],
    },
  ]
}

/** A GitRepo makes Bundles, a Bundle makes BundleDeployments. */
function lower(world: World, object: KubeObject): Ref[] {
  const label = object.kind === 'GitRepo' ? 'fleet.cattle.io/repo-name' : 'fleet.cattle.io/bundle-name'
  const kind = object.kind === 'GitRepo' ? 'Bundle' : 'BundleDeployment'
  if (object.kind === 'BundleDeployment') return []
  return world
    .list(`${GROUP}/${kind}`)
    .filter(({ metadata }) => metadata.labels?.[label] === object.metadata.name)
    .map(refOf)
}

function nonReady(object: KubeObject): Ref[] {
  return listAt(object, 'status', 'nonReadyStatus').flatMap((each): Ref[] => {
    const [kind, name] = [textAt(each, 'kind'), textAt(each, 'name')]
    if (kind === undefined || name === undefined) return []
    return [{ kind: kindId(textAt(each, 'apiVersion') ?? 'v1', kind), namespace: textAt(each, 'namespace'), name }]
  })
}
