/** How the chat talks to the server: a POST answered by a stream, under a relative address. */
import { DefaultChatTransport } from 'ai'
import type { AppUIMessage } from '#shared/ui-message'
import { ChatRequestError, readProblem } from './chatProblem'
import { messagesToPost } from './messages'

async function fetchChat(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init)
  if (!response.ok) throw new ChatRequestError(await readProblem(response))
  return response
}

/** One for the whole page: it keeps no state. */
export const chatTransport = new DefaultChatTransport<AppUIMessage>({
  // Relative, so that it works behind a proxy that puts the page under a prefix.
  api: 'api/chat',
  fetch: fetchChat,
  prepareSendMessagesRequest: ({ id, messages }) => ({ body: { id, messages: messagesToPost(messages) } }),
})
