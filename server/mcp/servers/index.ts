/** The known MCP servers, recognised by name or, if that is unknown, by their tools. */
import type { ServerToolName } from '#shared/tool-names'
import { assistantTools } from './assistant'
import { kubernetesMcpServer } from './kubernetes-mcp-server'
import { mcpServerKubernetes } from './mcp-server-kubernetes'
import { ownServer } from './own'
import type { KnownServer, KnownTool, ServerId } from './types'

export type { Arguments, Effect, KnownServer, KnownTool, ReadCall, ServerId } from './types'

export const OWN_SERVER = ownServer.id

/** If tools share a name, the first server wins: it is the one that can change things. */
const SERVERS: readonly KnownServer[] = [mcpServerKubernetes, kubernetesMcpServer, ownServer, assistantTools]

export function serverOf(id: ServerId | undefined): KnownServer | undefined {
  return SERVERS.find((server) => server.id === id)
}

/**
 * Recognises a server.
 * @param name its name at initialize
 * @param tools names of its tools, to recognise a renamed build
 * @returns undefined if no known server has all of its known tools
 */
export function recognise(name: string | undefined, tools: readonly string[]): ServerId | undefined {
  const named = SERVERS.find((server) => name !== undefined && server.names.includes(name))
  if (named) return named.id
  if (tools.length === 0) return undefined
  return SERVERS.find((server) => tools.every((tool) => Object.hasOwn(server.tools, tool)))?.id
}

/**
 * The known facts about a tool.
 * @param server absent: the server is unknown, and the name decides
 */
export function knownTool(tool: ServerToolName, server?: ServerId): KnownTool | undefined {
  const servers = server === undefined ? SERVERS : SERVERS.filter(({ id }) => id === server)
  return servers.find(({ tools }) => Object.hasOwn(tools, tool))?.tools[tool]
}

/** True if any known server has the tool. */
export function isKnownTool(tool: ServerToolName): boolean {
  return knownTool(tool) !== undefined
}

/** Optional arguments that a tool's short form keeps. */
export function everydayArguments(server?: ServerId): ReadonlySet<string> {
  const servers = server === undefined ? SERVERS : SERVERS.filter(({ id }) => id === server)
  return new Set(servers.flatMap((each) => each.everydayArguments))
}
