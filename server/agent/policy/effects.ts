/** Rules about the effect of a change on objects, as reported by the API server, for any tool and spelling. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { canonicalKind, isClusterScoped, isCredential } from '#shared/kubernetes/kinds'
import type { Target } from '../../mcp/servers/targets'
import { checkOperator } from './operator'
import type { PolicyRules } from './rules'
import { CREDENTIAL } from './writes'

/** An object that a change touches. */
export interface Effect {
  apiVersion: string
  kind: string
  name: string
  namespace?: string | undefined
}

/** Names by which the operator may know a cluster: context, kubeconfig entry, API URL and UID. */
export type ClusterNames = readonly (string | undefined)[]

/** Charts create their own Secrets, and Helm stores releases in Secrets: a model knows none of the values. */
const HELM = 'helm.sh/'

/**
 * @param cluster the known names
 * @returns why the change is not allowed, as a sentence
 */
export function checkEffects(
  rules: PolicyRules,
  effects: readonly Effect[],
  cluster: ClusterNames,
): Message | undefined {
  const place = checkCluster(rules, cluster)
  if (place) return place
  const isHelm = effects[0]?.apiVersion.startsWith(HELM) === true
  if (!isHelm && effects.some(({ kind }) => isCredential(canonicalKind(kind)))) return CREDENTIAL
  return checkOperator(rules, effects.map(targetOf), 'write')
}

/** The same for a server without plans: checks only the cluster. */
export function checkCluster({ clusters }: PolicyRules, names: ClusterNames): Message | undefined {
  const allowed = clusters?.writes
  if (allowed === undefined || names.some((name) => name !== undefined && allowed.includes(name))) return undefined
  return allowed.length > 0 ? msg('policy-clusters', { clusters: allowed.join(', ') }) : msg('policy-no-clusters')
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
