/** `GET /ready`: 200 while questions are accepted, 503 during shutdown. Failed connections do not matter. */
import { defineEventHandler, setResponseStatus } from 'h3'
import type { Ready } from '#shared/health'
import { useAssistant } from '../core/running'

export default defineEventHandler(async (event): Promise<Ready> => {
  const { turns } = await useAssistant()
  if (turns.isStopping) setResponseStatus(event, 503)
  return { ready: !turns.isStopping }
})
