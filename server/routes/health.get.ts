/**
 * `GET /health`: the state of process, model and MCP session; without names and reasons before login. 200 as long as
 * the process responds.
 */
import { defineEventHandler } from 'h3'
import { briefHealthSchema } from '#shared/health'
import type { BriefHealth, Health } from '#shared/health'
import { withoutCluster } from '../core/health'
import { useAssistant } from '../core/running'
import { withConnection } from '../http/cluster-connection'

export default defineEventHandler(async (event): Promise<Health | BriefHealth> => {
  const { access, health } = await useAssistant()
  const caller = await access.identify(event).catch(() => undefined)
  if (!caller) return briefHealthSchema.parse(health())
  try {
    return await withConnection(event, caller, health)
  } catch (error) {
    return withoutCluster(health(), error)
  }
})
