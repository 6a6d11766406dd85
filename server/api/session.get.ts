/** `GET /api/session`: how this server knows its users, and whom it sees. */
import { defineEventHandler } from 'h3'
import type { Session } from '#shared/session'
import { useAssistant } from '../core/running'

export default defineEventHandler(async (event): Promise<Session> => {
  const { access, policy } = await useAssistant()
  const user = await access.identify(event).catch(() => undefined)
  const { mode, login } = access
  return { mode, login, user: user ?? null, ...(user && { accessMode: policy.mode }) }
})
