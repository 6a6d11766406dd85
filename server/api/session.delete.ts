/** `DELETE /api/session`: logs out. Returns 204 even without a login. */
import { defineEventHandler, setResponseStatus } from 'h3'
import { useAssistant } from '../core/running'

export default defineEventHandler(async (event) => {
  await (await useAssistant()).access.end(event)
  setResponseStatus(event, 204)
  return null
})
