/** `POST /api/mcp/reconnect`: builds the caller's MCP sessions again now, and answers with their state. */
import { defineEventHandler, setResponseStatus } from 'h3'
import { currentUser } from '../../auth/current-user'
import { answerError } from '../../http/errors'
import { Rate } from '../../limits/rate'
import { connectionSignal } from '../../http/connection'
import { McpUnavailableError } from '../../mcp/errors'
import { useAssistant } from '../../core/running'
import { TurnRefusedError } from '../../turns/turns'

/** One user must not keep all others without tools. */
const PER_MINUTE = 10
const rate = new Rate(PER_MINUTE)

export default defineEventHandler(async (event) => {
  const user = currentUser(event)
  const links = (await useAssistant()).linksOf(user)
  const seconds = rate.take(user.name)
  if (seconds > 0) {
    const words = `The session may be built again ${PER_MINUTE} times a minute.`
    return await answerError(event, new TurnRefusedError('too-many-turns', words, seconds))
  }
  try {
    await links.reconnect(connectionSignal(event.node.res))
  } catch (error) {
    if (!(error instanceof McpUnavailableError)) throw error
    setResponseStatus(event, 503)
  }
  return { ...links.main.status(), ...(links.added && { added: links.added.status() }) }
})
