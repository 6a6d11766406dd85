/** `POST /api/mcp/reconnect`: builds the MCP session anew now, and answers with its state. */
import { defineEventHandler, setResponseStatus } from 'h3'
import { connectionSignal } from '../../http/connection'
import { McpUnavailableError } from '../../mcp/errors'
import { useAssistant } from '../../running'

export default defineEventHandler(async (event) => {
  const { session } = await useAssistant()
  try {
    await session.reconnect(connectionSignal(event.node.res))
  } catch (error) {
    if (!(error instanceof McpUnavailableError)) throw error
    setResponseStatus(event, 503)
  }
  return session.status()
})
