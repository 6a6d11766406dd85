/** The operator's rules about kinds and namespaces. RBAC is the security boundary; these narrow what it allows. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { canonicalKind } from '#shared/kubernetes/kinds'
import type { Target } from '../../mcp/servers/targets'
import type { PolicyRules } from './rules'

/**
 * @param targets objects that the call touches
 * @returns why the operator's rules forbid it
 */
export function checkOperator(
  rules: PolicyRules,
  targets: readonly Target[],
  does: 'read' | 'write',
): Message | undefined {
  const { writes, deny = [] } = rules.namespaces ?? {}
  const kinds = new Set(rules.kinds?.deny?.map(canonicalKind))
  for (const { kind, name, namespace, clusterWide } of targets) {
    if (kind !== undefined && kinds.has(kind)) return msg('policy-kind-excluded', { kind })
    const named = kind === 'namespace' ? name : namespace
    if (named !== undefined && deny.includes(named)) return msg('policy-namespace-excluded', { namespace: named })
    if (deny.length > 0 && !clusterWide && namespace === undefined)
      return msg('policy-name-namespace', { namespaces: deny.join(', ') })
    if (does === 'read' || writes === undefined) continue
    if (clusterWide || namespace === undefined || !writes.includes(namespace))
      return writes.length > 0
        ? msg('policy-namespaces', { namespaces: writes.join(', ') })
        : msg('policy-no-namespaces')
  }
  return undefined
}
