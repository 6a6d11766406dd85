/** Errors shown to a user: a code that the page translates, the server's own text, and the request's id in the log. */
import { z } from 'zod'
import { localizedSchema } from './messages/message'

const errorCodes = [
  'bad-request',
  'body-too-large',
  'forbidden',
  'login-needed',
  'too-many-attempts',
  'model-unreachable',
  'model-not-found',
  'model-no-tools',
  'model-busy',
  'model-bad-response',
  'model-cut',
  'model-stalled',
  'model-empty',
  'window-too-small',
  'mcp-down',
  'cluster-down',
  'cluster-choice',
  'rancher-down',
  'provider-down',
  'too-many-turns',
  'turn-exists',
  'turn-not-found',
  'stopping',
  'internal',
] as const

export const errorCodeSchema = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof errorCodeSchema>

export const assistantErrorSchema = z.object({
  code: errorCodeSchema,
  /** English, one or two sentences with the fix. */
  message: z.string(),
  localized: localizedSchema.optional(),
  /** Appears in every log line of the request. */
  requestId: z.string(),
})
export type AssistantError = z.infer<typeof assistantErrorSchema>

/** The body of every response that is an error. */
export const errorBodySchema = z.object({ error: assistantErrorSchema })
export type ErrorBody = z.infer<typeof errorBodySchema>
