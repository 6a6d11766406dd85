/** A cluster source whose MCP sessions work with a user's credentials. */
import type { SessionCredentials } from '#shared/session-credentials'
import type { LinkedCluster } from './connection'

/** Without other MCP servers, which would work with the operator's credentials. */
export function actingAs(source: LinkedCluster, credentials: SessionCredentials): LinkedCluster {
  const { added: _, main, ...rest } = source
  const { endpoint } = main
  if (endpoint.transport !== 'http') throw new Error('only our own MCP server takes credentials')
  return { ...rest, main: { ...main, endpoint: { ...endpoint, actAs: credentials } } }
}
