/** A signal that aborts when the client disconnects before the answer. */
import type { ServerResponse } from 'node:http'

/** Uses the response's `close`: h3 1.x has already read the request, whose `close` has passed. */
export function connectionSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const closed = () => {
    if (!response.writableEnded) controller.abort(new Error('the client closed the connection'))
  }
  // The client may have left while the login was checked.
  if (response.closed) closed()
  else response.once('close', closed)
  return controller.signal
}
