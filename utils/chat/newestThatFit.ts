/** The part of a conversation that fits into one request. */

/** The server's limit is 1 MiB; the rest is for ids and quotes. In bytes. */
const MAX_BYTES = 1000 * 1024

const encoder = new TextEncoder()

/**
 * Drops the oldest turns of a large conversation, which no model's window would hold anyway. Always keeps the last
 * turn.
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
