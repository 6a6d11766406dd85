/** Receives the server's health at once and at every change over a WebSocket. */
import type { Health } from '#shared/health'
import type { SocketRequest } from '#shared/chat/turn-socket'
import { readSocketMessage } from './socketMessage'
import { socketUrl } from './socketUrl'

export interface HealthSocketHooks {
  onHealth: (health: Health) => void
  /** The connection ended or failed, or the server refused to send the health. Not called after `close`. */
  onClosed: () => void
}

/** The server sends something every 30 s: longer silence means a dead connection. In milliseconds. */
const SILENT_MS = 75_000

export interface HealthSocket {
  /** @param cluster the one that the health includes, if there are several */
  watch: (cluster: string | undefined) => void
  close: () => void
}

export function openHealthSocket({ onHealth, onClosed }: HealthSocketHooks, cluster?: string): HealthSocket {
  let watched = cluster
  const socket = new WebSocket(socketUrl(document.baseURI))
  let silence: ReturnType<typeof setTimeout> | undefined
  const listen = () => {
    clearTimeout(silence)
    silence = setTimeout(giveUp, SILENT_MS)
  }
  const giveUp = () => {
    close()
    onClosed()
  }
  const close = () => {
    clearTimeout(silence)
    socket.onclose = null
    socket.onmessage = null
    socket.close()
  }
  listen()
  const subscribe = () => socket.send(JSON.stringify({ type: 'watch', cluster: watched } satisfies SocketRequest))
  socket.onopen = subscribe
  socket.onmessage = ({ data }) => {
    listen()
    const message = readSocketMessage(data)
    if (message?.type === 'health') onHealth(message.health)
    else if (message?.type === 'refused') giveUp()
  }
  socket.onclose = () => {
    clearTimeout(silence)
    onClosed()
  }
  return {
    watch(next) {
      watched = next
      if (socket.readyState === WebSocket.OPEN) subscribe()
    },
    close,
  }
}
