/** What of a conversation fits into one request. */

/** The server takes a body of 1 MiB; ids and quotes need a little of it. In bytes. */
const MAX_BYTES = 1000 * 1024

const encoder = new TextEncoder()

/**
 * Leaves out the oldest turns where the whole would be refused: a long conversation goes on, and no model's window would
 * hold them anyway. The last turn always stays, whatever its size.
 */
export function newestThatFit<T extends { role: string }>(messages: readonly T[], maxBytes = MAX_BYTES): T[] {
  let size = 0
  let first = messages.length
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = messages[at]
    size += encoder.encode(JSON.stringify(message)).length + 1
    if (size > maxBytes && first < messages.length) break
    if (message?.role === 'user') first = at
  }
  return messages.slice(first === messages.length ? 0 : first)
}
