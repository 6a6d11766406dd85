/** Where approvals are claimed: in this process, or in Redis for several replicas. */
import { hkdfSync } from 'node:crypto'
import { ConfigError } from '../config/error'

export interface ApprovalConfig {
  /** Several replicas: where they claim, and the key that all of them sign with. */
  redis?: { url: string; key: Buffer }
}

const MIN_KEY = 32

/**
 * Several replicas honour each other's approvals by the same key, and claim them in the same place.
 * @throws ConfigError that names the variable
 */
export function readApprovals({ REDIS_URL: redis, APPROVAL_KEY: key }: Record<string, string>): ApprovalConfig {
  if (redis === undefined) return {}
  // The URL may hold a password: it is not quoted.
  if (!/^rediss?:\/\/./.test(redis) || !URL.canParse(redis))
    throw new ConfigError('REDIS_URL', 'is not a URL such as redis://127.0.0.1:6379')
  if (key === undefined || key.length < MIN_KEY)
    throw new ConfigError(
      'APPROVAL_KEY',
      `is needed with REDIS_URL: at least ${MIN_KEY} characters, the same on every replica`,
    )
  return { redis: { url: redis, key: Buffer.from(hkdfSync('sha256', key, '', 'k8s-ai-assistant/approvals', 32)) } }
}
