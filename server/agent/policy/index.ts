/** Which tool calls may run. */
export { HIDDEN_ARGUMENTS } from './arguments'
export { withDefaults } from './defaults'
export { createPolicy } from './policy'
export type { AccessMode, Decision, Policy, PolicyOptions } from './policy'
export { parsePolicyRules, PolicyRulesError } from './rules'
export type { PolicyRules } from './rules'
export { missingRuleTool } from './rule-tools'
export { isKnownTool as isKnown } from '../../mcp/servers'
