import { socketMessageSchema, type SocketMessage } from '#shared/chat/turn-socket'

/**
 * @param data of a WebSocket's message event
 * @returns undefined for unknown messages
 */
export function readSocketMessage(data: unknown): SocketMessage | undefined {
  if (typeof data !== 'string') return undefined
  try {
    return socketMessageSchema.safeParse(JSON.parse(data)).data
  } catch {
    return undefined
  }
}
