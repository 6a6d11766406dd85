/** `GET /api/embed`: the sites whose messages the page accepts in a frame. */
import { defineEventHandler } from 'h3'
import type { EmbedSettings } from '#shared/embed/settings'
import { useAssistant } from '../core/running'

export default defineEventHandler(async (): Promise<EmbedSettings> => {
  const { web } = await useAssistant()
  return { frameAncestors: [...web.frameAncestors] }
})
