/** The chat's transport: a POST with a streamed answer that is resumed if it breaks. */
import type { ChatTransport, UIMessageChunk } from 'ai'
import type { AppUIMessage } from '#shared/chat/ui-message'
import { rebuildAfterStart } from '../turn/continuation'
import { messagesToPost } from './messages'
import { openSocketFeed } from '../turn/socketFeed'
import { openSseFeed } from '../turn/sseFeed'
import { TurnGoneError, turnIdOf, type TurnFeed } from '../turn/turnFeed'
import { TurnReader, type TurnReaderOptions } from '../turn/turnReader'
import { lastTurnId } from '../turn/turns'

/** What this page has learnt about the network. */
const network = { holdsEvents: false }

/**
 * @param chatId the conversation's id
 * @param cluster returns the conversation's cluster, if there are several
 * @param toResume the last turn to resume, if any, and its message
 */
export function createChatTransport(
  chatId: string,
  cluster: () => string | undefined,
  toResume: () => { turn?: string; into?: AppUIMessage },
  hooks: Pick<TurnReaderOptions, 'onBroken' | 'onChunk'>,
): ChatTransport<AppUIMessage> {
  function readerOf(turn: string, signal: AbortSignal, messages: readonly AppUIMessage[]): TurnReader {
    return new TurnReader({
      ask: (aborted) => {
        const body = {
          id: chatId,
          cluster: cluster(),
          turnId: turn,
          resumable: true,
          messages: messagesToPost(messages),
        }
        const headers = { 'content-type': 'application/json' }
        return openSseFeed('api/chat', { method: 'POST', headers, body: JSON.stringify(body), signal: aborted })
      },
      resume: async (aborted) => {
        const url = `api/chat/${encodeURIComponent(chatId)}/stream`
        return onlyOf(turn, await openSseFeed(url, { signal: aborted }))
      },
      openSocket: (aborted) => openSocketFeed(turn, aborted),
      network,
      signal,
      ...hooks,
    })
  }

  return {
    sendMessages: ({ messages, abortSignal = new AbortController().signal }) => {
      const turn = lastTurnId(messages)
      if (turn === undefined) throw new Error('Messages without the id of the turn they begin.')
      return Promise.resolve(readerOf(turn, abortSignal, messages).ask())
    },
    reconnectToStream: async ({ abortSignal = new AbortController().signal }) => {
      const { turn, into } = toResume()
      if (turn === undefined) return null
      const feed = await readerOf(turn, abortSignal, []).resume()
      return (into ? feed?.pipeThrough(rebuildAfterStart(into)) : feed) ?? null
    },
  }
}

/** The newest turn of a conversation may belong to an older question or to another tab. */
function onlyOf(turnId: string, feed: TurnFeed): TurnFeed {
  return feed.pipeThrough(
    new TransformStream<UIMessageChunk, UIMessageChunk>({
      transform(chunk, controller) {
        if (chunk.type === 'start' && turnIdOf(chunk) !== turnId) controller.error(new TurnGoneError())
        else controller.enqueue(chunk)
      },
    }),
  )
}
