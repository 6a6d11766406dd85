/** A plan of our own MCP server as a card shows it. */
import type { ChangePlan } from '#shared/change'
import { cleanPlan } from '../results'
import type { PreparedChange } from './types'

export function plannedChange(plan: ChangePlan): PreparedChange {
  const { title, cluster, objects, notes, confirm } = cleanPlan(plan)
  const { identity, digest, arguments: own } = plan
  return {
    arguments: own,
    title,
    previewed: true,
    objects,
    notes,
    ...(confirm !== undefined && { confirm }),
    plan: { cluster, identity, digest },
  }
}
