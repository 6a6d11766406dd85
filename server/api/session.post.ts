/**
 * `POST /api/session`: exchanges the shared token for a cookie. Takes `{ token, partitioned? }`, returns the same as `GET
 * /api/session`.
 */
import { defineEventHandler } from 'h3'
import { ChatRequestError } from '#shared/chat/request'
import { msg } from '#shared/messages/create'
import { loginSchema } from '#shared/session'
import type { Session } from '#shared/session'
import { answerError } from '../http/errors'
import { readJsonBody } from '../http/json-body'
import { userSession } from '../http/user-session'
import { useAssistant } from '../core/running'

export default defineEventHandler(async (event): Promise<Session | undefined> => {
  try {
    const assistant = await useAssistant()
    const { access } = assistant
    const body = loginSchema.safeParse(await readJsonBody(event.node.req))
    if (!body.success) throw new ChatRequestError('token', msg('field-not-string'))
    const { token, partitioned = false } = body.data
    const { user } = await access.begin(event, token, { isPartitioned: partitioned })
    return { mode: access.mode, login: access.login, user, ...userSession(assistant) }
  } catch (error) {
    return await answerError(event, error)
  }
})
