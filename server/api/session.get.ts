/** `GET /api/session`: the login mode and the current user. */
import { defineEventHandler } from 'h3'
import type { Session } from '#shared/session'
import { useAssistant } from '../core/running'
import { answerError } from '../http/errors'
import { userSession } from '../http/user-session'
import { RancherError } from '../rancher/rancher'

export default defineEventHandler(async (event): Promise<Session | undefined> => {
  const assistant = await useAssistant()
  const { access } = assistant
  const { mode, login } = access
  try {
    const user = (await access.identify(event).catch(unlessUnknown))?.user
    const logoutUrl = user && (await access.logoutUrl())
    return {
      mode,
      login,
      user: user ?? null,
      ...(user && userSession(assistant)),
      ...(logoutUrl !== undefined && { logoutUrl }),
    }
  } catch (error) {
    return await answerError(event, error)
  }
})

/** While Rancher cannot be asked, nobody is known to be logged out. */
function unlessUnknown(error: unknown): undefined {
  if (error instanceof RancherError) throw error
}
