/** The messages of the WebSocket `/api/ws`, one JSON object each. */
import { z } from 'zod'
import { turnIdSchema } from './turn-id'
import { clusterIdSchema } from '../clusters'
import { assistantErrorSchema } from '../errors'
import { healthSchema } from '../health'

export const socketRequestSchema = z.discriminatedUnion('type', [
  /** Starts a turn; the body is that of `POST /api/chat`. */
  z.object({ type: z.literal('chat'), body: z.unknown() }),
  /** Resumes a running turn from its start. */
  z.object({ type: z.literal('attach'), turnId: turnIdSchema }),
  z.object({ type: z.literal('stop'), turnId: turnIdSchema }),
  /** Subscribes to health changes, starting with the current state. A later one replaces the cluster. */
  z.object({ type: z.literal('watch'), cluster: clusterIdSchema.optional() }),
])
export type SocketRequest = z.infer<typeof socketRequestSchema>

export const socketMessageSchema = z.discriminatedUnion('type', [
  /** A chunk of the UI message stream, as in the SSE answer. */
  z.object({ type: z.literal('chunk'), turnId: z.string(), chunk: z.looseObject({ type: z.string() }) }),
  /** The turn's last chunk has been sent. */
  z.object({ type: z.literal('end'), turnId: z.string() }),
  /** The request failed, e.g. `turn-not-found`; `turnId` from the request. */
  z.object({ type: z.literal('refused'), turnId: z.string().optional(), error: assistantErrorSchema }),
  z.object({ type: z.literal('health'), health: healthSchema }),
])
export type SocketMessage = z.infer<typeof socketMessageSchema>
