/** `POST /api/turns/{turn}/stop`: ends a turn at once. Returns `{ stopped }`: whether it was running. */
import { defineEventHandler, getRouterParam } from 'h3'
import type { StopAnswer } from '#shared/chat/answer'
import { ChatRequestError } from '#shared/chat/request'
import { turnIdSchema } from '#shared/chat/turn-id'
import { msg } from '#shared/messages/create'
import { currentUser } from '../../../auth/current-user'
import { answerError } from '../../../http/errors'
import { useAssistant } from '../../../core/running'

export default defineEventHandler(async (event): Promise<StopAnswer | undefined> => {
  const id = turnIdSchema.safeParse(getRouterParam(event, 'id'))
  if (!id.success) return await answerError(event, new ChatRequestError('id', msg('turn-id-invalid')))
  const { turns } = await useAssistant()
  return { stopped: turns.stop(currentUser(event).name, id.data) }
})
