/** Objects of Flux that are not ready: sources, Kustomizations, HelmReleases. */
import { at, listAt, textAt } from '../../../../shared/kubernetes/fields'
import { condition, conditionsOf, explainCondition } from '../../../../shared/kubernetes/health/conditions'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { kindId, refOf } from '../../ref'
import type { Check, Found, Ref } from '../../types'
import { HELM_RELEASE } from './helm-release'

const GROUP = /^(?:source|kustomize|helm|image|notification)\.toolkit\.fluxcd\.io\//

export const flux: Check = {
  id: 'flux',
  reads: ['Pod'],
  reference: 'https://fluxcd.io/flux/cheatsheets/troubleshooting/',
  explains: ['custom-resource'],
  find: (world) =>
    world
      .kinds()
      .filter((kind) => GROUP.test(kind))
      .flatMap((kind) => world.list(kind).flatMap(findIn)),
  samples: {
    fires: [
      `
- {apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: apps, namespace: flux-system}, spec: {sourceRef: {kind: GitRepository, name: fleet}}, status: {conditions: [{type: Ready, status: "False", reason: BuildFailed, message: "kustomization path not found"}]}}`,
    ],
    silent: [
      `
- {apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: fleet, namespace: flux-system}, status: {conditions: [{type: Ready, status: "True"}]}}`,
      `
- {apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: apps, namespace: flux-system}, spec: {suspend: true}, status: {conditions: [{type: Ready, status: "False"}]}}`,
    ],
  },
}

function findIn(object: KubeObject): Found[] {
  const conditions = conditionsOf(object)
  const ready = condition(conditions, 'Ready')
  const stalled = condition(conditions, 'Stalled')
  if (at(object, 'spec', 'suspend') === true) return []
  const failing = stalled?.status === 'True' ? stalled : ready?.status === 'False' ? ready : undefined
  // Work in progress is reported as not ready for a while.
  if (!failing || failing.reason === 'Progressing' || failing.reason === 'ProgressingWithRetry') return []
  const isSource = object.apiVersion?.startsWith('source.') === true
  return [
    {
      object: refOf(object),
      severity: 'warning',
      certainty: 'certain',
      cause: isSource
        ? msg('flux-source', { reason: failing.reason ?? '' })
        : msg('flux-not-ready', { reason: failing.reason ?? '' }),
      next: isSource ? msg('next-flux-source') : msg('next-flux-not-ready'),
      evidence: [fact('status', explainCondition(failing))],
      because: [...sources(object), ...inventory(object)],
    },
  ]
}

function sources(object: KubeObject): Ref[] {
  const { namespace } = object.metadata
  const groupVersion = object.apiVersion ?? ''
  const references = [
    at(object, 'spec', 'sourceRef'),
    at(object, 'spec', 'chart', 'spec', 'sourceRef'),
    at(object, 'spec', 'chartRef'),
  ]
  const own = references.flatMap((each): Ref[] => {
    const [kind, name] = [textAt(each, 'kind'), textAt(each, 'name')]
    if (kind === undefined || name === undefined) return []
    return [
      {
        kind: kindId(textAt(each, 'apiVersion') ?? 'source.toolkit.fluxcd.io/v1', kind),
        namespace: textAt(each, 'namespace') ?? namespace,
        name,
      },
    ]
  })
  const before = listAt(object, 'spec', 'dependsOn').flatMap((each): Ref[] => {
    const name = textAt(each, 'name')
    return name === undefined
      ? []
      : [{ kind: kindId(groupVersion, object.kind ?? ''), namespace: textAt(each, 'namespace') ?? namespace, name }]
  })
  return [...own, ...before]
}

/** What it manages: `NAMESPACE_NAME_GROUP_KIND`, or a Helm release. */
function inventory(object: KubeObject): Ref[] {
  const entries = listAt(object, 'status', 'inventory', 'entries').flatMap((each): Ref[] => {
    const [namespace = '', name = '', group = '', kind = ''] = (textAt(each, 'id') ?? '').split('_')
    return name === ''
      ? []
      : [{ kind: group === '' ? kind : `${group}/${kind}`, namespace: namespace || undefined, name }]
  })
  if (object.kind !== 'HelmRelease') return entries
  const name = textAt(object, 'spec', 'releaseName') ?? object.metadata.name
  return [
    ...entries,
    { kind: HELM_RELEASE, namespace: textAt(object, 'spec', 'targetNamespace') ?? object.metadata.namespace, name },
  ]
}
