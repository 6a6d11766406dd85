/** A signal that aborts when the client goes away before it was answered. */
import type { ServerResponse } from 'node:http'

/**
 * The response's `close`, not the request's: h3 1.x has read the request by then, and its `close` has passed.
 */
export function connectionSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableEnded) controller.abort(new Error('the client closed the connection'))
  })
  return controller.signal
}
