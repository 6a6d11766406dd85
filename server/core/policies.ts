/** The policy of the process and of its users, from the access mode, the operator's rules and the MCP server in use. */
import { msg } from '#shared/messages/create'
import type { User } from '#shared/user'
import type { Logger } from 'pino'
import { createPolicy, missingRuleTool } from '../agent/policy'
import type { AccessMode, Policy } from '../agent/policy'
import type { Config } from '../config/config'
import { ConfigError } from '../config/error'
import type { McpLinks } from '../mcp/links/links'

export interface Policies {
  /** The operator's. */
  readonly policy: Policy
  /** A user's rights can only narrow it. */
  of: (user: User) => Policy
}

export function createPolicies(config: Config, mode: AccessMode): Policies {
  const { rules, allowUnverified } = config.access
  const plannedOnly = config.mcp.kind === 'url' && !config.demo && !allowUnverified
  // An external server that has the name of ours might run what it is asked to plan.
  const plansChanges = isBuiltIn(config)
  const policy = createPolicy({
    ...{ mode, plansChanges, rules },
    ...(plannedOnly && { plannedOnly: msg('approval-unverified') }),
  })
  return {
    policy,
    of: ({ mayWrite, readOnlyReason }) =>
      mayWrite
        ? policy
        : createPolicy({
            ...{ mode: 'read-only', plansChanges, rules },
            ...(readOnlyReason !== undefined && { readOnlyReason }),
          }),
  }
}

/**
 * Skipped for an external MCP server, whose tools are not known yet.
 * @throws ConfigError for a rule about a nonexistent tool
 */
export function checkRules({ demo, mcp, access }: Config): void {
  if (!isBuiltIn({ demo, mcp })) return
  const problem = missingRuleTool(access.rules)
  if (problem !== undefined) throw new ConfigError({ variable: 'POLICY_FILE', problem })
}

/** The same for an external MCP server, in the log, once its tools are known. */
export function reportUnusedRules(config: Config, { main, toolbox, onChange }: McpLinks, log: Logger): void {
  if (isBuiltIn(config)) return
  const { rules } = config.access
  let isReported = false
  onChange(() => {
    if (isReported || main.status().state !== 'ready') return
    isReported = true
    const names = new Set<string>(toolbox.tools().map(({ name }) => name))
    const unused = Object.keys(rules.tools ?? {}).filter((tool) => !names.has(tool))
    if (unused.length > 0) log.error({ tools: unused }, 'POLICY_FILE has rules for tools that the MCP server lacks')
  })
}

/** Whether the MCP servers are the built-in ones. */
function isBuiltIn({ demo, mcp }: Pick<Config, 'demo' | 'mcp'>): boolean {
  return demo || mcp.kind === 'embedded'
}
