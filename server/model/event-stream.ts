/** Reads server-sent events off a stream as they arrive, without a promise for each. */
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createParser } from 'eventsource-parser'

/** How long a stream may go on after its last word, in milliseconds. */
const REST_MS = 1000

/**
 * An event that is not ended by an empty line is left out: what was cut off is none.
 * @param onData called with the data of each event, at once; what it throws ends the reading
 * @returns resolves at the end of the stream, or as soon as `onData` says `stop`
 * @throws what the stream fails with
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
    // What follows is not waited for, but read to its end, so that its connection is kept: one that has none is cut.
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
