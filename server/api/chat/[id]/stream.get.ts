/**
 * `GET /api/chat/{conversation}/stream`: replays the conversation's turn from its start if available; otherwise 204.
 */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { currentUser } from '../../../auth/current-user'
import { connectionSignal } from '../../../http/connection'
import { answerError } from '../../../http/errors'
import { holdStream } from '../../../http/streams'
import { useAssistant } from '../../../core/running'
import { writeSse } from '../../../stream/sse'

export default defineEventHandler(async (event) => {
  const { turns, streams } = await useAssistant()
  const { name } = currentUser(event)
  const turn = turns.findResumable(name, getRouterParam(event, 'id', { decode: true }) ?? '')
  if (!turn) {
    setResponseStatus(event, 204)
    return null
  }
  try {
    holdStream(streams, name, event.node.res)
  } catch (error) {
    return await answerError(event, error)
  }
  event._handled = true
  return await writeSse(event.node.res, turn, connectionSignal(event.node.res))
})
