/** `POST /api/chat`: reads and checks the question, starts the turn, and answers with a stream or one JSON object. */
import { defineEventHandler } from 'h3'
import { toHistory } from '../agent/history'
import { preferredAnswer, readChatRequest } from '../http/chat-request'
import { answerError, requestIdOf } from '../http/errors'
import { connectionSignal } from '../http/connection'
import { log } from '../log'
import { useAssistant } from '../running'
import { collectAnswer } from '../stream/json-answer'
import { guardTurn } from '../stream/guard-turn'
import { writeSse } from '../stream/sse'

export default defineEventHandler(async (event) => {
  const requestId = requestIdOf(event)
  const signal = connectionSignal(event.node.res)
  const request = await readChatRequest(event.node.req).catch((error: unknown) => answerError(event, error))
  if (!request) return
  const { turn, model } = await useAssistant()
  const turnLog = log.child({ requestId })
  const events = guardTurn(turn(toHistory(request.messages), signal), turnLog)
  if (preferredAnswer(event.node.req.headers.accept, request.bare) === 'sse') {
    event._handled = true
    return await writeSse(event.node.res, events, { requestId, model: model.name })
  }
  return await collectAnswer(events, requestId)
})
