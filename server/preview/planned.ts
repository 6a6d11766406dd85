/** Converts a plan of our own MCP server to a card. */
import type { ChangePlan } from '#shared/changes/change'
import { msg } from '#shared/messages/create'
import { cleanPlan } from '../results'
import type { PreparedChange } from './types'

export function plannedChange(plan: ChangePlan): PreparedChange {
  const { title, cluster, objects, notes, confirm, command } = cleanPlan(plan)
  const { identity, digest, asOf, arguments: own } = plan
  // A command that was redacted would write what stands for the value.
  const isWhole = command !== undefined && command === plan.command
  return {
    arguments: own,
    title,
    previewed: true,
    objects,
    notes: command === undefined || isWhole ? notes : [...notes, msg('command-hidden')],
    ...(confirm !== undefined && { confirm }),
    plan: { cluster, identity, digest, asOf, ...(isWhole && { command }) },
  }
}
