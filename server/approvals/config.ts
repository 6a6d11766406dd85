/** Where approvals are claimed: in this process, or in Redis for several replicas. */
import { hkdfSync } from 'node:crypto'
import type { Environment } from '#shared/environment/schema'
import type { Problems } from '../config/problems'

export interface ApprovalConfig {
  /** Several replicas: where they claim, and the key that all of them sign with. */
  redis?: { url: string; key: Buffer }
}

const MIN_KEY = 32

/** Several replicas honour each other's approvals by the same key, and claim them in the same place. */
export function readApprovals(env: Environment, problems: Problems): ApprovalConfig {
  const { REDIS_URL: redis, APPROVAL_KEY: key = '' } = env
  if (redis === undefined) return {}
  if (key.length < MIN_KEY)
    problems.add('APPROVAL_KEY', `is needed with REDIS_URL: at least ${MIN_KEY} characters, the same on every replica`)
  return { redis: { url: redis, key: Buffer.from(hkdfSync('sha256', key, '', 'k8s-ai-assistant/approvals', 32)) } }
}
