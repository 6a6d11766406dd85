/** `GET /api/mcp/status`: the state of the caller's MCP session, and of the one that is added to it. */
import { defineEventHandler } from 'h3'
import { currentUser } from '../../auth/current-user'
import { useAssistant } from '../../core/running'

export default defineEventHandler(async (event) => {
  const { main, added } = (await useAssistant()).linksOf(currentUser(event))
  return { ...main.status(), ...(added && { added: added.status() }) }
})
