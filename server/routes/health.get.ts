/**
 * `GET /health`: the state of process, model and MCP session, to those who are not logged in without names and reasons.
 * 200 as long as the process can answer.
 */
import { defineEventHandler } from 'h3'
import { briefHealthSchema } from '#shared/health'
import { useAssistant } from '../core/running'

export default defineEventHandler(async (event) => {
  const { access, health } = await useAssistant()
  const user = await access.identify(event).catch(() => undefined)
  return user ? health() : briefHealthSchema.parse(health())
})
