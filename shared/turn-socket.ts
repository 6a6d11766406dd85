/** What goes over the WebSocket `/api/ws`: one JSON object a message. */
import { z } from 'zod'
import { turnIdSchema } from './chat-request'
import { assistantErrorSchema } from './errors'
import { healthSchema } from './health'

export const socketRequestSchema = z.discriminatedUnion('type', [
  /** Begins a turn; the body is that of `POST /api/chat`. */
  z.object({ type: z.literal('chat'), body: z.unknown() }),
  /** Takes up a turn that runs already, from its start. */
  z.object({ type: z.literal('attach'), turnId: turnIdSchema }),
  z.object({ type: z.literal('stop'), turnId: turnIdSchema }),
  /** Wants the health now and at each change. */
  z.object({ type: z.literal('watch') }),
])
export type SocketRequest = z.infer<typeof socketRequestSchema>

export const socketMessageSchema = z.discriminatedUnion('type', [
  /** A chunk of the UI message stream, as the SSE answer carries it. */
  z.object({ type: z.literal('chunk'), turnId: z.string(), chunk: z.looseObject({ type: z.string() }) }),
  /** The turn's last chunk has been sent. */
  z.object({ type: z.literal('end'), turnId: z.string() }),
  /** What was asked for cannot be had, e.g. `turn-not-found`; `turnId` as asked. */
  z.object({ type: z.literal('refused'), turnId: z.string().optional(), error: assistantErrorSchema }),
  z.object({ type: z.literal('health'), health: healthSchema }),
])
export type SocketMessage = z.infer<typeof socketMessageSchema>
