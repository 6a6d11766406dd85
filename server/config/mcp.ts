/** The MCP server in use. */
import type { Environment } from '#shared/environment/schema'
import type { Problems } from './problems'

export type McpConfig =
  | { kind: 'embedded' }
  | { kind: 'url'; transport: 'sse' | 'http'; url: URL; authToken?: string }
  | { kind: 'command'; command: string; args: string[] }

export function readMcp(env: Environment, problems: Problems): McpConfig {
  const { MCP_SERVER_URL: server, MCP_TRANSPORT: transport, MCP_SERVER_COMMAND: command, MCP_AUTH_TOKEN: token } = env
  if (server !== undefined) {
    if (command !== undefined) problems.add('MCP_SERVER_COMMAND', 'cannot be set together with MCP_SERVER_URL')
    if (transport === 'stdio') problems.add('MCP_TRANSPORT', 'stdio has no URL: unset MCP_SERVER_URL')
    const remote = endpoint(new URL(server), transport === 'stdio' ? undefined : transport)
    // mcp-server-kubernetes takes one client over SSE and ends at the second: replicas would end it in turn.
    if (remote.transport === 'sse' && env.REDIS_URL !== undefined)
      problems.add(
        'MCP_SERVER_URL',
        'is one of HTTP+SSE, which may take one client alone: several replicas (REDIS_URL) need streamable HTTP',
        ['REDIS_URL'],
      )
    return { kind: 'url', ...remote, ...(token !== undefined && { authToken: token }) }
  }
  if (transport && transport !== 'stdio')
    problems.add('MCP_TRANSPORT', `${transport} needs MCP_SERVER_URL`, ['MCP_SERVER_URL'])
  if (command === undefined) return { kind: 'embedded' }
  const [program, ...args] = command.split(/\s+/)
  return { kind: 'command', command: program ?? command, args }
}

/** A bare origin means HTTP+SSE at `/sse`; a path ending in `/mcp` means streamable HTTP. */
function endpoint(server: URL, transport: 'sse' | 'http' | undefined): { transport: 'sse' | 'http'; url: URL } {
  const bare = server.pathname === '/'
  const kind = transport ?? (/\/mcp\/?$/.test(server.pathname) ? 'http' : 'sse')
  if (!bare) return { transport: kind, url: server }
  return { transport: kind, url: new URL(kind === 'sse' ? '/sse' : '/mcp', server) }
}
