/** `GET /api/mcp/tools`: the MCP server's tools, as the model would be shown them, and whether it is. */
import { defineEventHandler } from 'h3'
import { isOffered } from '../../agent/policy'
import { useAssistant } from '../../running'

export default defineEventHandler(async () => {
  const { toolbox } = await useAssistant()
  return { tools: toolbox.tools().map(({ name, model }) => ({ ...model, serverName: name, offered: isOffered(name) })) }
})
