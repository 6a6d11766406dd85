/** `GET /login/callback`: the browser comes back from the identity provider, and continues to the page. */
import { defineEventHandler, sendRedirect } from 'h3'
import { useAssistant } from '../../core/running'
import { answerError } from '../../http/errors'

export default defineEventHandler(async (event) => {
  try {
    return await sendRedirect(event, await (await useAssistant()).access.finishRedirect(event))
  } catch (error) {
    return await answerError(event, error)
  }
})
