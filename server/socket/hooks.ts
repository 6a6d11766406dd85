/** `/api/ws`: the chat and the health over a WebSocket, for networks whose proxies hold server-sent events back. */
import type { Hooks, Peer } from 'crossws'
import { classify } from '../http/errors'
import { isAllowedHost, isForeignOrigin } from '../http/same-site'
import { log } from '../log'
import { useAssistant } from '../running'
import { SocketConversation } from './conversation'

/** No login yet: see server/auth. */
const ANONYMOUS = { name: 'anonymous', mayWrite: true }

const conversations = new Map<string, SocketConversation>()

export const socketHooks: Partial<Hooks> = {
  async upgrade({ headers }) {
    const { allowedHosts } = await useAssistant()
    const host = headers.get('host') ?? undefined
    // A page cannot set headers on a socket: a proxy's word on what it was asked as can be trusted here.
    const names = [host, headers.get('x-forwarded-host') ?? undefined]
    if (isAllowedHost(host, allowedHosts) && !isForeignOrigin(headers.get('origin') ?? undefined, names)) return
    return new Response('Requests of other sites are refused.', { status: 403 })
  },
  async open(peer) {
    const send = (text: string) => peer.send(text)
    const backlog = () => peer.websocket.bufferedAmount ?? 0
    conversations.set(peer.id, new SocketConversation(await useAssistant(), { send, backlog }, ANONYMOUS))
  },
  async message(peer, message) {
    // `open` may still be under way.
    await useAssistant()
    conversations.get(peer.id)?.receive(message.text())
  },
  close: forget,
  error(peer, error) {
    log.debug({ error: classify(error).message }, 'socket failed')
    forget(peer)
  },
}

function forget(peer: Peer): void {
  conversations.get(peer.id)?.close()
  conversations.delete(peer.id)
}
