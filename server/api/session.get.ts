/** `GET /api/session`: the login mode and the current user. */
import { defineEventHandler } from 'h3'
import type { Session } from '#shared/session'
import { useAssistant } from '../core/running'

export default defineEventHandler(async (event): Promise<Session> => {
  const { access, policy } = await useAssistant()
  const user = await access.identify(event).catch(() => undefined)
  const { mode, login } = access
  return { mode, login, user: user ?? null, ...(user && { accessMode: policy.mode }) }
})
