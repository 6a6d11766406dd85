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

/** The server says something every 30 s: longer silence is a connection that died without a word. In milliseconds. */
const SILENT_MS = 75_000

export function openHealthSocket({ onHealth, onClosed }: HealthSocketHooks): { close: () => void } {
  const socket = new WebSocket(socketUrl(document.baseURI))
  let silence: ReturnType<typeof setTimeout> | undefined
  const listen = () => {
    clearTimeout(silence)
    silence = setTimeout(() => {
      close()
      onClosed()
    }, SILENT_MS)
  }
  const close = () => {
    clearTimeout(silence)
    socket.onclose = null
    socket.onmessage = null
    socket.close()
  }
  listen()
  socket.onopen = () => socket.send(JSON.stringify({ type: 'watch' } satisfies SocketRequest))
  socket.onmessage = ({ data }) => {
    listen()
    const message = readSocketMessage(data)
    if (message?.type === 'health') onHealth(message.health)
  }
  socket.onclose = () => {
    clearTimeout(silence)
    onClosed()
  }
  return { close }
}
