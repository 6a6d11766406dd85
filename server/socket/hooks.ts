/** `/api/ws`: the chat and the health over a WebSocket, for networks whose proxies hold server-sent events back. */
import { IncomingMessage, ServerResponse } from 'node:http'
import type { Hooks, Peer } from 'crossws'
import { createEvent } from 'h3'
import { userSchema } from '#shared/user'
import { ForbiddenError, classify } from '../http/errors'
import { refusalOf } from '../http/provenance'
import { noSeat } from '../http/streams'
import { log } from '../log'
import { useAssistant } from '../running'
import { SocketConversation } from './conversation'

interface Open {
  conversation: SocketConversation
  /** Gives the seat back. */
  leave: () => void
}

const open = new Map<string, Open>()

/** Of WebSocket: try again later. */
const TRY_AGAIN_LATER = 1013

type UpgradeRequest = Parameters<NonNullable<Hooks['upgrade']>>[0]

export const socketHooks: Partial<Hooks> = {
  async upgrade(request) {
    try {
      request.context.user = await admit(request)
    } catch (error) {
      const { status, message, retryAfterSeconds } = classify(error)
      if (status === 500) log.error({ err: error }, 'an upgrade failed')
      const headers = new Headers()
      if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds))
      return new Response(message, { status, headers })
    }
  },
  async open(peer) {
    const assistant = await useAssistant()
    const user = userSchema.parse(peer.context.user)
    const leave = assistant.streams.take(user.name)
    // Another took the last seat meanwhile.
    if (!leave) return peer.close(TRY_AGAIN_LATER, noSeat(assistant.streams).message)
    const send = (text: string) => peer.send(text)
    const backlog = () => peer.websocket.bufferedAmount ?? 0
    open.set(peer.id, { conversation: new SocketConversation(assistant, { send, backlog }, user), leave })
  },
  async message(peer, message) {
    // `open` may still be under way.
    await useAssistant()
    open.get(peer.id)?.conversation.receive(message.text())
  },
  close: forget,
  error(peer, error) {
    log.debug({ error: classify(error).message }, 'socket failed')
    forget(peer)
  },
}

/** @returns who opens the socket @throws what `classify` knows */
async function admit(request: UpgradeRequest) {
  const { access, streams, web } = await useAssistant()
  const header = (name: string) => request.headers.get(name) ?? undefined
  const words = refusalOf({ method: 'GET', path: '/api/ws', header }, web)
  if (words !== undefined) throw new ForbiddenError(words)
  const incoming = incomingOf(request)
  const user = await access.require(createEvent(incoming, new ServerResponse(incoming)))
  if (streams.isFull(user.name)) throw noSeat(streams)
  return user
}

/** crossws keeps Node's request to itself, and with it the address of the other end. */
function incomingOf(request: UpgradeRequest): IncomingMessage {
  if ('_req' in request && request._req instanceof IncomingMessage) return request._req
  throw new Error('crossws hands on no request of Node')
}

function forget(peer: Peer): void {
  const gone = open.get(peer.id)
  open.delete(peer.id)
  gone?.conversation.close()
  gone?.leave()
}
