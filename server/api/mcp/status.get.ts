/** `GET /api/mcp/status`: the state of the caller's MCP sessions. */
import { defineEventHandler } from 'h3'
import { currentUser } from '../../auth/current-user'
import { sessionsReport } from '../../core/health'
import { useAssistant } from '../../core/running'

export default defineEventHandler(async (event) => {
  return sessionsReport((await useAssistant()).linksOf(currentUser(event)))
})
