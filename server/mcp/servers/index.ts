/** The MCP servers that the application knows, by the name they give and, if that is unknown, by their tools. */
import { kubernetesMcpServer } from './kubernetes-mcp-server'
import { mcpServerKubernetes } from './mcp-server-kubernetes'
import { ownServer } from './own'
import type { KnownServer, KnownTool, ServerId } from './types'

export type { Arguments, Ban, Effect, KnownServer, KnownTool, ObjectTarget, ReadCall, ServerId } from './types'

export const OWN_SERVER = ownServer.id

/** Where tools share a name, the first server's is meant: it is the one that can change things. */
const SERVERS: readonly KnownServer[] = [mcpServerKubernetes, kubernetesMcpServer, ownServer]

/** The server with this id. */
export function serverOf(id: ServerId | undefined): KnownServer | undefined {
  return SERVERS.find((server) => server.id === id)
}

/**
 * Recognises a server.
 * @param name what it gave at initialize
 * @param tools the names of its tools: for a build of a known server under another name
 * @returns undefined if it has a tool that no known server has together with the others
 */
export function recognise(name: string | undefined, tools: readonly string[]): ServerId | undefined {
  const named = SERVERS.find((server) => name !== undefined && server.names.includes(name))
  if (named) return named.id
  if (tools.length === 0) return undefined
  return SERVERS.find((server) => tools.every((tool) => Object.hasOwn(server.tools, tool)))?.id
}

/**
 * What is known of a tool.
 * @param server absent: the server is unknown, and the name alone has to tell
 */
export function knownTool(tool: string, server?: ServerId): KnownTool | undefined {
  const servers = server === undefined ? SERVERS : SERVERS.filter(({ id }) => id === server)
  return servers.find(({ tools }) => Object.hasOwn(tools, tool))?.tools[tool]
}

/** True for a tool of any known server. */
export function isKnownTool(tool: string): boolean {
  return knownTool(tool) !== undefined
}

/** Optional arguments that stay in a tool's short form. */
export function everydayArguments(server?: ServerId): ReadonlySet<string> {
  const servers = server === undefined ? SERVERS : SERVERS.filter(({ id }) => id === server)
  return new Set(servers.flatMap((each) => each.everydayArguments))
}
