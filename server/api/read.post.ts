/** `POST /api/read`: the result of a read tool, without the model. */
import { defineEventHandler } from 'h3'
import { ChatRequestError } from '#shared/chat/request'
import { directReadSchema } from '#shared/direct-read'
import { msg } from '#shared/messages/create'
import { answerRead } from '../http/direct-read'
import { readJsonBody } from '../http/json-body'

export default defineEventHandler((event) =>
  answerRead(event, async () => {
    const parsed = directReadSchema.safeParse(await readJsonBody(event.node.req))
    if (!parsed.success) throw new ChatRequestError('body', msg('field-not-read'))
    return parsed.data
  }),
)
