/** An Argo CD Application that is not synchronised or not healthy. */
import { listAt, textAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found, Ref } from '../../types'

export const argoApplication: Check = {
  id: 'argo-application',
  reads: ['argoproj.io/Application'],
  reference: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/health/',
  explains: ['custom-resource'],
  find: (world) => world.list('argoproj.io/Application').flatMap(findIn),
  samples: {
    fires: [
      `
- {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: shop, namespace: argocd}, status: {sync: {status: OutOfSync}, health: {status: Healthy}, operationState: {phase: Failed, message: "one or more objects failed to apply"}}}`,
      `
- {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: shop, namespace: argocd}, status: {sync: {status: Unknown}, health: {status: Healthy}, conditions: [{type: ComparisonError, message: "repository not found"}]}}`,
      `
- {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: shop, namespace: argocd}, status: {sync: {status: Synced}, health: {status: Degraded}, resources: [{group: apps, kind: Deployment, name: web, namespace: shop, health: {status: Degraded}}]}}`,
    ],
    silent: [
      `
- {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: shop, namespace: argocd}, status: {sync: {status: Synced}, health: {status: Healthy}, operationState: {phase: Succeeded}}}`,
      `
- {apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: shop, namespace: argocd}, status: {sync: {status: OutOfSync}, health: {status: Healthy}}}`,
    ],
  },
}

function findIn(application: KubeObject): Found[] {
  const status = (...path: string[]) => textAt(application, 'status', ...path)
  const error = listAt(application, 'status', 'conditions').find((each) => /Error$/.test(textAt(each, 'type') ?? ''))
  const phase = status('operationState', 'phase')
  const health = status('health', 'status')
  if (error !== undefined)
    return [
      found(
        application,
        msg('argo-error', { condition: textAt(error, 'type') ?? '' }),
        msg('next-argo-error'),
        textAt(error, 'message'),
        [],
      ),
    ]
  if (phase === 'Failed' || phase === 'Error')
    return [
      found(
        application,
        msg('argo-sync-failed'),
        msg('next-argo-sync'),
        status('operationState', 'message'),
        resources(application),
      ),
    ]
  if (health !== 'Degraded' && health !== 'Missing') return []
  return [
    found(
      application,
      msg('argo-health', { health }),
      msg('next-argo-health'),
      status('health', 'message'),
      resources(application),
    ),
  ]
}

/** The resources that are not healthy. */
function resources(application: KubeObject): Ref[] {
  return listAt(application, 'status', 'resources').flatMap((each): Ref[] => {
    const [kind, name] = [textAt(each, 'kind'), textAt(each, 'name')]
    if (kind === undefined || name === undefined || textAt(each, 'health', 'status') === 'Healthy') return []
    const group = textAt(each, 'group')
    return [{ kind: group === undefined ? kind : `${group}/${kind}`, namespace: textAt(each, 'namespace'), name }]
  })
}

function found(
  object: KubeObject,
  cause: Found['cause'],
  next: Found['next'],
  words: string | undefined,
  because: Ref[],
): Found {
  return {
    object: refOf(object),
    severity: 'warning',
    certainty: 'certain',
    cause,
    next,
    evidence: words === undefined ? [] : [fact('status', words)],
    because,
  }
}
