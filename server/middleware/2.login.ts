/** Nothing of the API is for somebody unknown, but for the login itself. */
import { defineEventHandler } from 'h3'
import { answerError } from '../http/errors'
import { isApi } from '../http/same-site'
import { useAssistant } from '../core/running'

/** Tells for itself who asks. */
const OPEN = /^\/api\/session(?:\?|$)/

export default defineEventHandler(async (event) => {
  if (!isApi(event.path) || OPEN.test(event.path)) return
  try {
    event.context.user = await (await useAssistant()).access.require(event)
  } catch (error) {
    return await answerError(event, error)
  }
})
