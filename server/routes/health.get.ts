/**
 * `GET /health`: the state of process, model and MCP session; without names and reasons before login. 200 as long as
 * the process responds.
 */
import { defineEventHandler } from 'h3'
import { briefHealthSchema } from '#shared/health'
import type { BriefHealth, Health } from '#shared/health'
import { useAssistant } from '../core/running'

export default defineEventHandler(async (event): Promise<Health | BriefHealth> => {
  const { access, health } = await useAssistant()
  const user = await access.identify(event).catch(() => undefined)
  return user ? health() : briefHealthSchema.parse(health())
})
