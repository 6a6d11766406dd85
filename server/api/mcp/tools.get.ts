/**
 * `GET /api/mcp/tools`: the tools of the caller's MCP sessions, as shown to the model, and whether they are offered.
 */
import { defineEventHandler } from 'h3'
import type { McpTools } from '#shared/mcp-report'
import { currentCaller } from '../../auth/current-user'
import { useAssistant } from '../../core/running'
import { withConnection } from '../../http/cluster-connection'
import { answerError } from '../../http/errors'

export default defineEventHandler(async (event): Promise<McpTools | undefined> => {
  const { policy } = await useAssistant()
  try {
    return await withConnection(event, currentCaller(event), ({ links }) => {
      const tools = links.toolbox.tools().map(({ name, model, annotations, server }) => {
        const offered = policy.isOffered(name, annotations, server)
        return { ...model, serverName: name, ...(server && { server }), offered }
      })
      return { tools }
    })
  } catch (error) {
    return await answerError(event, error)
  }
})
