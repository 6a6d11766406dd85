/** A fetch over a Unix socket, for our own private server. */
import { Agent, fetch as undiciFetch } from 'undici'

/** Parts of a stream may be minutes apart; the session has its own timeouts. */
const UNBOUNDED = { headersTimeout: 0, bodyTimeout: 0 }

/**
 * @param path returns the socket's path at the time of a request
 * @throws TypeError as fetch does, with the reason as `cause`
 */
export function unixFetch(path: () => Promise<string>): typeof fetch {
  let agent: { path: string; dispatcher: Agent } | undefined
  return async (input, init) => {
    const now = await path()
    if (agent?.path !== now) {
      void agent?.dispatcher.close()
      agent = { path: now, dispatcher: new Agent({ ...UNBOUNDED, connect: { socketPath: now } }) }
    }
    const url = input instanceof Request ? input.url : input
    const { body, headers, method, signal } = init ?? {}
    const response = await undiciFetch(url, {
      dispatcher: agent.dispatcher,
      redirect: 'error',
      headers: [...new Headers(headers)],
      ...(method !== undefined && { method }),
      ...(typeof body === 'string' && { body }),
      ...(signal && { signal }),
    })
    // undici's classes differ from Node's, which the SDK expects.
    return new Response(response.body && webStream(response.body.getReader()), {
      status: response.status,
      statusText: response.statusText,
      headers: [...response.headers],
    })
  }
}

interface Reader {
  read: () => Promise<{ done: boolean; value?: Uint8Array }>
  cancel: (reason?: unknown) => Promise<void>
}

function webStream(reader: Reader): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read()
      if (value) controller.enqueue(value)
      if (done) controller.close()
    },
    cancel: (reason) => reader.cancel(reason),
  })
}
