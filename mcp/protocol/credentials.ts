/** Reads the credentials that a client sends in `initialize` as an experimental capability. */
import type { ClientCapabilities } from '@modelcontextprotocol/sdk/types.js'
import { CREDENTIALS_CAPABILITY } from '../../shared/session-credentials'

const OPERATOR = { kind: 'operator' }

/**
 * @param accepted false if all sessions use the operator's credentials
 * @returns what the client sent, unvalidated
 */
export function sessionCredentials(capabilities: ClientCapabilities | undefined, accepted: boolean): unknown {
  return (accepted ? capabilities?.experimental?.[CREDENTIALS_CAPABILITY] : undefined) ?? OPERATOR
}
