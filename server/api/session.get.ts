/** `GET /api/session`: the login mode and the current user. */
import { defineEventHandler } from 'h3'
import type { Session } from '#shared/session'
import { useAssistant } from '../core/running'

export default defineEventHandler(async (event): Promise<Session> => {
  const { access, policy, rights } = await useAssistant()
  const user = (await access.identify(event).catch(() => undefined))?.user
  const { mode, login } = access
  const logoutUrl = user && (await access.logoutUrl())
  return {
    mode,
    login,
    user: user ?? null,
    ...(user && { accessMode: policy.mode, rights }),
    ...(logoutUrl !== undefined && { logoutUrl }),
  }
})
