/** `POST /api/mcp/reconnect`: reopens the caller's MCP sessions and returns their state. */
import { defineEventHandler, setResponseStatus } from 'h3'
import { msg } from '#shared/messages/create'
import type { McpReport } from '#shared/mcp-report'
import { currentCaller } from '../../auth/current-user'
import { withConnection } from '../../http/cluster-connection'
import { answerError } from '../../http/errors'
import { Rate } from '../../limits/rate'
import { connectionSignal } from '../../http/connection'
import { McpUnavailableError } from '../../mcp/errors'
import { sessionsReport } from '../../core/health'
import { TurnRefusedError } from '../../turns/turns'

/** Reconnecting affects all users, so one user may not repeat it without limit. */
const PER_MINUTE = 10
const rate = new Rate(PER_MINUTE)

export default defineEventHandler(async (event): Promise<McpReport | undefined> => {
  const caller = currentCaller(event)
  const seconds = rate.take(caller.user.name)
  if (seconds > 0) {
    const detail = msg('too-many-reconnects', { count: PER_MINUTE })
    return await answerError(event, new TurnRefusedError('too-many-turns', detail, seconds))
  }
  try {
    return await withConnection(event, caller, async ({ links }) => {
      try {
        await links.reconnect(connectionSignal(event.node.res))
      } catch (error) {
        if (!(error instanceof McpUnavailableError)) throw error
        setResponseStatus(event, 503)
      }
      return sessionsReport(links)
    })
  } catch (error) {
    return await answerError(event, error)
  }
})
