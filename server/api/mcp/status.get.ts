/** `GET /api/mcp/status`: the state of the caller's MCP session, and of the one for changes if there is another. */
import { defineEventHandler } from 'h3'
import { currentUser } from '../../auth/current-user'
import { useAssistant } from '../../running'

export default defineEventHandler(async (event) => {
  const { reads, changes } = (await useAssistant()).linksOf(currentUser(event))
  return { ...reads.status(), ...(changes && { changes: changes.status() }) }
})
