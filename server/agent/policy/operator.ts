/** The operator's rules over kinds and namespaces. RBAC is the limit that holds; these keep what it allows tidy. */
import { canonicalKind } from '#shared/kubernetes/kinds'
import type { Target } from '../../mcp/servers/targets'
import type { PolicyRules } from './rules'

/**
 * @param targets what the call touches
 * @returns in words why the operator does not want it
 */
export function checkOperator(
  rules: PolicyRules,
  targets: readonly Target[],
  does: 'read' | 'write',
): string | undefined {
  const { writes, deny = [] } = rules.namespaces ?? {}
  const kinds = new Set(rules.kinds?.deny?.map(canonicalKind))
  for (const { kind, name, namespace, clusterWide } of targets) {
    if (kind !== undefined && kinds.has(kind)) return `The operator has excluded the kind ${kind} from the assistant.`
    const named = kind === 'namespace' ? name : namespace
    if (named !== undefined && deny.includes(named))
      return `The operator has excluded the namespace ${named} from the assistant.`
    if (deny.length > 0 && !clusterWide && namespace === undefined)
      return `Name one namespace: the operator has excluded ${deny.join(', ')}.`
    if (does === 'read' || writes === undefined) continue
    if (clusterWide || namespace === undefined || !writes.includes(namespace))
      return `The operator allows changes in these namespaces alone: ${writes.join(', ') || 'none'}. Name one of them.`
  }
  return undefined
}
