/** Reads a turn over a separate WebSocket, for networks whose proxies buffer server-sent events. */
import { uiMessageChunkSchema, type UIMessageChunk } from 'ai'
import type { SocketMessage, SocketRequest } from '#shared/chat/turn-socket'
import { ChatRequestError } from '../chat/chatProblem'
import { readSocketMessage } from '../connection/socketMessage'
import { socketUrl } from '../connection/socketUrl'
import { FeedBrokenError, type TurnFeed } from './turnFeed'

/** The question may still be on its way: delay and number of repeated attach requests. */
const askAgain = { after: 500, times: 40 }

/**
 * Attaches to a turn. The stream fails with ChatRequestError if the server refuses, and FeedBrokenError if the
 * connection ends first.
 */
export function openSocketFeed(turnId: string, signal: AbortSignal): TurnFeed {
  const socket = new WebSocket(socketUrl(document.baseURI))
  let timer: ReturnType<typeof setTimeout> | undefined
  let refusals = 0
  const attach = () => socket.send(JSON.stringify({ type: 'attach', turnId } satisfies SocketRequest))
  const end = () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    socket.close()
  }

  return new ReadableStream<UIMessageChunk>({
    start(controller) {
      const fail = (error: Error) => {
        controller.error(error)
        end()
      }
      signal.addEventListener('abort', () => fail(new DOMException('Aborted', 'AbortError')), { once: true })
      socket.onopen = attach
      socket.onclose = () => fail(new FeedBrokenError('the socket was closed'))
      // Sequential: chunk validation may be asynchronous and must keep the order.
      let tail = Promise.resolve()
      socket.onmessage = ({ data }) => {
        const message = readSocketMessage(data)
        if (message && 'turnId' in message && message.turnId === turnId)
          tail = tail.then(() => take(message)).catch(fail)
      }
      async function take(message: SocketMessage): Promise<void> {
        if (message.type === 'chunk') {
          const chunk = await uiMessageChunkSchema().validate?.(message.chunk)
          if (chunk?.success) controller.enqueue(chunk.value)
          else throw new FeedBrokenError('a chunk of an unknown kind')
        } else if (message.type === 'end') {
          socket.onclose = null
          controller.close()
          end()
        } else if (message.type === 'refused') {
          if (message.error.code !== 'turn-not-found' || ++refusals > askAgain.times)
            throw new ChatRequestError(message.error)
          timer = setTimeout(attach, askAgain.after)
        }
      }
    },
    cancel: () => {
      socket.onclose = null
      end()
    },
  })
}
