/** Whether the cluster may be changed, the policy rules, and the audit file. */
import { readFileSync } from 'node:fs'
import type { Environment } from '#shared/environment/schema'
import { parsePolicyRules } from '../agent/policy'
import type { AccessMode, PolicyRules } from '../agent/policy'
import { auditPath } from '../audit/path'
import type { Problems } from './problems'
import { YamlFileError } from './yaml-file'

export interface AccessConfig {
  /** Absent: `approve` for the demo cluster, otherwise `read-only`. */
  mode?: AccessMode
  /** The rules in POLICY_FILE. */
  rules: PolicyRules
  /** Allows changes by an external MCP server on an unidentifiable cluster. */
  allowUnverified: boolean
  /** Where the audit is written. */
  auditFile: string
}

export function readAccess(env: Environment, problems: Problems): AccessConfig {
  return {
    ...(env.ACCESS_MODE && { mode: env.ACCESS_MODE }),
    rules: env.POLICY_FILE === undefined ? {} : readPolicyFile(env.POLICY_FILE, problems),
    allowUnverified: env.MCP_ALLOW_UNVERIFIED_WRITES,
    auditFile: auditPath(env),
  }
}

function readPolicyFile(path: string, problems: Problems): PolicyRules {
  try {
    return parsePolicyRules(readFileSync(path, 'utf8'))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    problems.add('POLICY_FILE', error instanceof YamlFileError ? `${path}, ${message}` : message)
    return {}
  }
}
