/** `GET /api/mcp/status`: the state of the caller's MCP sessions. */
import { defineEventHandler } from 'h3'
import { currentCaller } from '../../auth/current-user'
import { sessionsReport } from '../../core/health'
import { withConnection } from '../../http/cluster-connection'
import { answerError } from '../../http/errors'

export default defineEventHandler(async (event) => {
  try {
    return await withConnection(event, currentCaller(event), ({ links }) => sessionsReport(links))
  } catch (error) {
    return await answerError(event, error)
  }
})
