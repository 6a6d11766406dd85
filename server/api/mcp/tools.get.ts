/**
 * `GET /api/mcp/tools`: the tools of the caller's MCP sessions, as shown to the model, and whether they are offered.
 */
import { defineEventHandler } from 'h3'
import type { McpTools } from '#shared/mcp-report'
import { currentUser } from '../../auth/current-user'
import { useAssistant } from '../../core/running'

export default defineEventHandler(async (event): Promise<McpTools> => {
  const { linksOf, policy } = await useAssistant()
  const tools = linksOf(currentUser(event))
    .toolbox.tools()
    .map(({ name, model, annotations, server }) => {
      const offered = policy.isOffered(name, annotations, server)
      return { ...model, serverName: name, ...(server && { server }), offered }
    })
  return { tools }
})
