/** Requires a login for all of the API except the login itself. */
import { defineEventHandler } from 'h3'
import { answerError } from '../http/errors'
import { isApi } from '../http/same-site'
import { useAssistant } from '../core/running'

/** The first identifies the user itself; the second is in the headers of every page. */
const OPEN = /^\/api\/(?:session|embed)(?:\?|$)/

export default defineEventHandler(async (event) => {
  if (!isApi(event.path) || OPEN.test(event.path)) return
  try {
    event.context.caller = await (await useAssistant()).access.require(event)
  } catch (error) {
    return await answerError(event, error)
  }
})
