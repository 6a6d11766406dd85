/** The server's word on its links, at once and at every change, over one WebSocket of the page. */
import type { Health } from '#shared/health'
import type { SocketRequest } from '#shared/turn-socket'
import { readSocketMessage } from './socketMessage'
import { socketUrl } from './socketUrl'

export interface HealthSocketHooks {
  onHealth: (health: Health) => void
  /** The connection has ended, or could not be made. Not called after `close`. */
  onClosed: () => void
}

export function openHealthSocket({ onHealth, onClosed }: HealthSocketHooks): { close: () => void } {
  const socket = new WebSocket(socketUrl(document.baseURI))
  socket.onopen = () => socket.send(JSON.stringify({ type: 'watch' } satisfies SocketRequest))
  socket.onmessage = ({ data }) => {
    const message = readSocketMessage(data)
    if (message?.type === 'health') onHealth(message.health)
  }
  socket.onclose = onClosed
  return {
    close: () => {
      socket.onclose = null
      socket.onmessage = null
      socket.close()
    },
  }
}
