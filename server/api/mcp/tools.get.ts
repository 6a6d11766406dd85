/** `GET /api/mcp/tools`: the MCP server's tools, as the model would be shown them, and whether it is. */
import { defineEventHandler } from 'h3'
import { useAssistant } from '../../running'

export default defineEventHandler(async () => {
  const { toolbox, policy } = await useAssistant()
  const tools = toolbox.tools().map(({ name, model, annotations }) => {
    return { ...model, serverName: name, offered: policy.isOffered(name, annotations) }
  })
  return { tools }
})
