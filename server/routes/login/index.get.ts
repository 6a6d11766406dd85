/** `GET /login`: sends the browser to the identity provider. */
import { defineEventHandler, sendRedirect } from 'h3'
import { useAssistant } from '../../core/running'
import { answerError } from '../../http/errors'

export default defineEventHandler(async (event) => {
  try {
    return await sendRedirect(event, await (await useAssistant()).access.startRedirect(event))
  } catch (error) {
    return await answerError(event, error)
  }
})
