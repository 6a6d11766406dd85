/** `GET /api/chat/{conversation}/stream`: the conversation's turn again from its start, while it can be had; else 204. */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { connectionSignal } from '../../../http/connection'
import { useAssistant } from '../../../running'
import { writeSse } from '../../../stream/sse'

export default defineEventHandler(async (event) => {
  const { turns } = await useAssistant()
  const turn = turns.findResumable(getRouterParam(event, 'id', { decode: true }) ?? '')
  if (!turn) {
    setResponseStatus(event, 204)
    return null
  }
  event._handled = true
  return await writeSse(event.node.res, turn, connectionSignal(event.node.res))
})
