/** Where approvals are claimed: in this process, or in Redis for several replicas. */
import { hkdfSync } from 'node:crypto'
import type { Environment } from '#shared/environment/schema'
import type { Problems } from '../config/problems'

export interface ApprovalConfig {
  /** For several replicas: the Redis server and the shared signing key. */
  redis?: { url: string; key: Buffer }
}

const MIN_KEY = 32

/** Replicas accept each other's approvals through a shared key and Redis. */
export function readApprovals(env: Environment, problems: Problems): ApprovalConfig {
  const { REDIS_URL: redis, APPROVAL_KEY: key = '' } = env
  if (redis === undefined) return {}
  if (key.length < MIN_KEY)
    problems.add('APPROVAL_KEY', `is needed with REDIS_URL: at least ${MIN_KEY} characters, the same on every replica`)
  return { redis: { url: redis, key: Buffer.from(hkdfSync('sha256', key, '', 'k8s-ai-assistant/approvals', 32)) } }
}
