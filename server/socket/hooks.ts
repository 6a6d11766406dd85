/** `/api/ws`: chat and health over a WebSocket, for networks whose proxies buffer server-sent events. */
import { IncomingMessage, ServerResponse } from 'node:http'
import type { Hooks, Peer } from 'crossws'
import { createEvent } from 'h3'
import { msg } from '#shared/messages/create'
import type { Caller } from '../auth/caller'
import { LoginError } from '../auth/errors'
import { ForbiddenError, classify } from '../http/errors'
import { refusalOf } from '../http/provenance'
import { holdStream } from '../http/streams'
import { log } from '../core/log'
import { useAssistant } from '../core/running'
import { SocketConversation } from './conversation'

interface Open {
  conversation: SocketConversation
  user: string
  /** The messages so far, handled sequentially. */
  tail: Promise<void>
  /** Number of queued messages. */
  waiting: number
}

const open = new Map<string, Open>()

/** Callers by the context of their socket, which itself may be logged. */
const admitted = new WeakMap<object, Caller>()

/** Close codes of WebSocket, and our own for an ended login. */
const TOO_MANY_MESSAGES = 1008
const LOGGED_OUT = 4401

/** Maximum queued messages of a client: a page sends one for each turn. */
const MAX_WAITING = 32

type UpgradeRequest = Peer['request']

export const socketHooks: Partial<Hooks> = {
  async upgrade(request) {
    try {
      admitted.set(request.context, await admit(request))
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
    const caller = admitted.get(peer.context)
    if (!caller) return peer.terminate()
    const { user } = caller
    const send = (text: string) => peer.send(text)
    const backlog = () => peer.websocket.bufferedAmount ?? 0
    const cut = () => peer.terminate()
    const conversation = new SocketConversation(assistant, { send, backlog, cut }, caller)
    open.set(peer.id, { conversation, user: user.name, tail: Promise.resolve(), waiting: 0 })
  },
  async message(peer, received) {
    // `open` may still be running.
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

/** The login may have ended since the socket was opened. */
async function receive(peer: Peer, { conversation, user }: Open, text: string): Promise<void> {
  let now: Caller | undefined
  try {
    now = await identify(peer.request)
  } catch (error) {
    // Otherwise nothing is known about the login, e.g. while Rancher is down.
    if (!(error instanceof LoginError)) {
      if (classify(error).status === 500) log.error({ err: error }, 'the login of a socket could not be checked')
      return await conversation.receiveUnchecked(text, error)
    }
  }
  if (now?.user.name === user) await conversation.receive(text, now)
  else peer.close(LOGGED_OUT, msg('login-ended').text)
}

/**
 * @returns the user who opens the socket
 * @throws errors known to `classify`
 */
async function admit(request: UpgradeRequest): Promise<Caller> {
  const { access, streams, web } = await useAssistant()
  const header = (name: string) => request.headers.get(name) ?? undefined
  const refused = refusalOf({ method: 'GET', path: '/api/ws', header }, web)
  if (refused) throw new ForbiddenError(refused)
  const caller = await access.require(eventOf(request))
  holdStream(streams, caller.user.name, incomingOf(request).socket)
  return caller
}

async function identify(request: UpgradeRequest) {
  return (await useAssistant()).access.identify(eventOf(request))
}

/** An event for reading logins; it sends no response. */
function eventOf(request: UpgradeRequest) {
  const incoming = incomingOf(request)
  return createEvent(incoming, new ServerResponse(incoming))
}

/** crossws hides Node's request, and with it the remote address. */
function incomingOf(request: UpgradeRequest): IncomingMessage {
  if ('_req' in request && request._req instanceof IncomingMessage) return request._req
  throw new Error('crossws hands on no request of Node')
}

function forget(peer: Peer): void {
  const gone = open.get(peer.id)
  open.delete(peer.id)
  gone?.conversation.close()
}
