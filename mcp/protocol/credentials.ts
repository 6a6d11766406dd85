/** The credentials that a session brings in `initialize`, as an experimental capability of its client. */
import type { ClientCapabilities } from '@modelcontextprotocol/sdk/types.js'

export const CREDENTIALS_CAPABILITY = 'k8s-ai-assistant/credentials'

const OPERATOR = { kind: 'operator' }

/**
 * @param accepted false if every session reads as the operator
 * @returns what the client sent, not checked yet
 */
export function sessionCredentials(capabilities: ClientCapabilities | undefined, accepted: boolean): unknown {
  return (accepted ? capabilities?.experimental?.[CREDENTIALS_CAPABILITY] : undefined) ?? OPERATOR
}
