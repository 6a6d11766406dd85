/** `POST /api/chat`: validates the question, starts the turn, and answers with a stream or one JSON object. */
import { defineEventHandler } from 'h3'
import { currentCaller } from '../auth/current-user'
import { preferredAnswer, readChatRequest } from '../http/chat-request'
import { answerError, requestIdOf } from '../http/errors'
import { connectionSignal } from '../http/connection'
import { holdStream } from '../http/streams'
import { useAssistant } from '../core/running'
import { collectAnswer } from '../stream/json-answer'
import { writeSse } from '../stream/sse'

export default defineEventHandler(async (event) => {
  const { req, res } = event.node
  const requestId = requestIdOf(event)
  const client = connectionSignal(res)
  const begin = async () => {
    const caller = currentCaller(event)
    const { ask, streams } = await useAssistant()
    const request = await readChatRequest(req)
    // After the body, so that a slow upload does not occupy a slot.
    holdStream(streams, caller.user.name, res)
    return { turn: await ask(request, requestId, caller), format: preferredAnswer(req.headers.accept, request.bare) }
  }
  const begun = await begin().catch((error: unknown) => answerError(event, error))
  if (!begun) return
  if (begun.format === 'json') return await collectAnswer(begun.turn.events(client), requestId)
  event._handled = true
  return await writeSse(res, begun.turn, client)
})
