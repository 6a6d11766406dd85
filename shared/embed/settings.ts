/** The response of `GET /api/embed`. */
import { z } from 'zod'

export const embedSettingsSchema = z.object({
  /** Sources of the Content-Security-Policy: `'self'` and origins. */
  frameAncestors: z.array(z.string()),
})
export type EmbedSettings = z.infer<typeof embedSettingsSchema>
