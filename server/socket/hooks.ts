/** `/api/ws`: the chat and the health over a WebSocket, for networks whose proxies hold server-sent events back. */
import { IncomingMessage, ServerResponse } from 'node:http'
import type { Hooks, Peer } from 'crossws'
import { createEvent } from 'h3'
import { msg } from '#shared/messages/create'
import { userSchema } from '#shared/user'
import { ForbiddenError, classify } from '../http/errors'
import { refusalOf } from '../http/provenance'
import { holdStream } from '../http/streams'
import { log } from '../core/log'
import { useAssistant } from '../core/running'
import { SocketConversation } from './conversation'

interface Open {
  conversation: SocketConversation
  user: string
  /** The messages so far, one after the other. */
  tail: Promise<void>
  /** Messages that wait in it. */
  waiting: number
}

const open = new Map<string, Open>()

/** Close codes of WebSocket, and our own for a login that has ended. */
const TOO_MANY_MESSAGES = 1008
const LOGGED_OUT = 4401

/** Messages of one client that may wait to be served: a page sends one for each turn. */
const MAX_WAITING = 32

type UpgradeRequest = Peer['request']

export const socketHooks: Partial<Hooks> = {
  async upgrade(request) {
    try {
      request.context.user = await admit(request)
    } catch (error) {
      const { status, detail, retryAfterSeconds } = classify(error)
      if (status === 500) log.error({ err: error }, 'an upgrade failed')
      const headers = new Headers()
      if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds))
      return new Response(detail.text, { status, headers })
    }
  },
  async open(peer) {
    const assistant = await useAssistant()
    const user = userSchema.parse(peer.context.user)
    const send = (text: string) => peer.send(text)
    const backlog = () => peer.websocket.bufferedAmount ?? 0
    const cut = () => peer.terminate()
    const conversation = new SocketConversation(assistant, { send, backlog, cut }, user)
    open.set(peer.id, { conversation, user: user.name, tail: Promise.resolve(), waiting: 0 })
  },
  async message(peer, received) {
    // `open` may still be under way.
    await useAssistant()
    const line = open.get(peer.id)
    if (!line) return
    if (line.waiting >= MAX_WAITING) return peer.close(TOO_MANY_MESSAGES, 'too many messages at once')
    line.waiting++
    await (line.tail = line.tail.then(() => receive(peer, line, received.text())).finally(() => line.waiting--))
  },
  close: forget,
  error(peer, error) {
    log.debug({ error: classify(error).detail.text }, 'socket failed')
    forget(peer)
  },
}

/** A socket may outlive the login it was opened with. */
async function receive(peer: Peer, { conversation, user }: Open, text: string): Promise<void> {
  const now = await identify(peer.request).catch(() => undefined)
  if (now?.name === user) conversation.receive(text)
  else peer.close(LOGGED_OUT, msg('login-ended').text)
}

/** @returns who opens the socket @throws what `classify` knows */
async function admit(request: UpgradeRequest) {
  const { access, streams, web } = await useAssistant()
  const header = (name: string) => request.headers.get(name) ?? undefined
  const refused = refusalOf({ method: 'GET', path: '/api/ws', header }, web)
  if (refused) throw new ForbiddenError(refused)
  const user = await access.require(eventOf(request))
  holdStream(streams, user.name, incomingOf(request).socket)
  return user
}

async function identify(request: UpgradeRequest) {
  return (await useAssistant()).access.identify(eventOf(request))
}

/** What logins are read from. Nothing is answered by it. */
function eventOf(request: UpgradeRequest) {
  const incoming = incomingOf(request)
  return createEvent(incoming, new ServerResponse(incoming))
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
}
