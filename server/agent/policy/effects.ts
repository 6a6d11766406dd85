/** The rules over what a change does to objects, as the API server names them: by whatever tool and spelling it was asked. */
import { canonicalKind, isClusterScoped, isCredential } from '#shared/kubernetes/kinds'
import type { Target } from '../../mcp/servers/targets'
import { checkOperator } from './operator'
import type { PolicyRules } from './rules'
import { CREDENTIAL } from './writes'

/** One object that a change touches. */
export interface Effect {
  apiVersion: string
  kind: string
  name: string
  namespace?: string | undefined
}

/** The names by which the operator may know a cluster: its context, its entry in the kubeconfig, API URL and UID. */
export type ClusterNames = readonly (string | undefined)[]

/** The Secrets that a chart makes are the chart's, and Helm keeps its releases in some: no value of them is a model's. */
const HELM = 'helm.sh/'

/**
 * @param cluster whatever is known of it
 * @returns a sentence why the change is not allowed
 */
export function checkEffects(
  rules: PolicyRules,
  effects: readonly Effect[],
  cluster: ClusterNames,
): string | undefined {
  const place = checkCluster(rules, cluster)
  if (place) return place
  const isHelm = effects[0]?.apiVersion.startsWith(HELM) === true
  if (!isHelm && effects.some(({ kind }) => isCredential(canonicalKind(kind)))) return CREDENTIAL
  return checkOperator(rules, effects.map(targetOf), 'write')
}

/** The same for a server that has no plan: where its calls go. */
export function checkCluster({ clusters }: PolicyRules, names: ClusterNames): string | undefined {
  const allowed = clusters?.writes
  if (allowed === undefined || names.some((name) => name !== undefined && allowed.includes(name))) return undefined
  return `The operator allows changes on these clusters alone: ${allowed.join(', ') || 'none'}.`
}

function targetOf({ kind, name, namespace }: Effect): Target {
  const canonical = canonicalKind(kind)
  return {
    kind: canonical,
    name,
    ...(namespace !== undefined && { namespace }),
    clusterWide: namespace === undefined || isClusterScoped(canonical),
  }
}
