/** Reads server-sent events from a stream without a promise for each. */
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createParser } from 'eventsource-parser'

/** How long a stream may continue after its last event, in milliseconds. */
const REST_MS = 1000

/**
 * Skips an incomplete event without a final empty line.
 * @param onData called with each event's data; an exception ends the reading
 * @returns resolves at the end of the stream, or when `onData` returns `stop`
 * @throws the stream's error
 */
export function readEvents(stream: Readable, onData: (data: string) => 'stop' | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const decoder = new StringDecoder('utf8')
  let ended = false
  const parser = createParser({
    onEvent: ({ data }) => {
      if (!ended && onData(data) === 'stop') finish()
    },
  })
  function finish(): void {
    ended = true
    resolve()
    // Reads the rest in the background, so that the connection can be reused; cuts a stream that does not end.
    const timer = setTimeout(() => stream.destroy(), REST_MS)
    timer.unref()
    stream.once('close', () => clearTimeout(timer))
  }
  stream.on('data', (bytes: Buffer) => {
    if (ended) return
    try {
      parser.feed(decoder.write(bytes))
    } catch (error) {
      ended = true
      reject(error)
      stream.destroy()
    }
  })
  stream.once('end', resolve)
  stream.once('error', reject)
  stream.once('close', () => reject(new Error('the stream was closed')))
  return promise
}
