/** `POST /api/attachments`: keeps a text of the person, redacted, for the model's `find`. */
import { defineEventHandler } from 'h3'
import { attachmentRequestSchema } from '#shared/chat/attachment'
import type { Attachment } from '#shared/chat/attachment'
import { ChatRequestError } from '#shared/chat/request'
import { msg } from '#shared/messages/create'
import { currentCaller } from '../auth/current-user'
import { useAssistant } from '../core/running'
import { answerError } from '../http/errors'
import { readJsonBody } from '../http/json-body'
import { Rate } from '../limits/rate'
import { TurnRefusedError } from '../turns/turns'

/** For each user. */
const PER_MINUTE = 30
const rate = new Rate(PER_MINUTE)

export default defineEventHandler(async (event): Promise<Attachment | undefined> => {
  const { user } = currentCaller(event)
  try {
    const seconds = rate.take(user.name)
    if (seconds > 0)
      throw new TurnRefusedError('too-many-turns', msg('too-many-attachments', { count: PER_MINUTE }), seconds)
    const parsed = attachmentRequestSchema.safeParse(await readJsonBody(event.node.req))
    if (!parsed.success) throw new ChatRequestError('body', msg('field-not-attachment'))
    return await (await useAssistant()).attach(parsed.data, user)
  } catch (error) {
    return await answerError(event, error)
  }
})
