/** `GET /api/runbooks`: the operator's runbooks, which the page runs as commands. */
import { defineEventHandler } from 'h3'
import type { Runbooks } from '#shared/commands/runbook'
import { useAssistant } from '../core/running'

export default defineEventHandler(async (): Promise<Runbooks> => {
  const { runbooks } = await useAssistant()
  return { runbooks: [...runbooks] }
})
