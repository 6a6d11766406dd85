/** Splits a log stream into lines, bounded in bytes and time. */
import { terminalLine } from '../../../shared/results/log-lines'
import { KubeError } from '../../kubernetes/errors/errors'

export interface LogLine {
  /** As a terminal shows it, without the node's time. */
  text: string
  /** When the node received it, RFC 3339; undefined if the log was read without times. */
  time: string | undefined
}

/**
 * Why a read ended: `whole`: end of the log; `stopped`: by the reader; `bytes`, `time`: at a limit; `broken`:
 * connection lost.
 */
export type StreamEnd = 'whole' | 'stopped' | 'bytes' | 'time' | 'broken'

export interface ReadLog {
  end: StreamEnd
  lines: number
  bytes: number
}

export interface StreamLimits {
  maxBytes: number
  maxMs: number
  signal: AbortSignal
}

/** Longer lines are cut. In characters. */
const MAX_LINE = 16_384
/** How much of an unfinished line is buffered. A progress bar is one long line whose last state counts. */
const MAX_PENDING = 131_072

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ?/

/**
 * Reads until the log ends, a limit is reached, or `onLine` returns false.
 * @param open starts the request; its signal is aborted when the read ends
 * @throws KubeError if the request fails before the first byte; the reason of `limits.signal` if that is aborted
 */
export async function readLines(
  open: (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>,
  { maxBytes, maxMs, signal }: StreamLimits,
  onLine: (line: LogLine, number: number) => boolean | void,
): Promise<ReadLog> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), maxMs)
  const read: ReadLog = { end: 'whole', lines: 0, bytes: 0 }
  const lines = new LineSplitter()
  const take = (line: string): boolean => {
    read.lines++
    return onLine(splitTime(line), read.lines) !== false
  }
  try {
    const chunks = await open(AbortSignal.any([signal, stop.signal]))
    for await (const chunk of chunks) {
      const rest = maxBytes - read.bytes
      read.bytes += Math.min(chunk.length, rest)
      if (!lines.push(chunk.length > rest ? chunk.subarray(0, rest) : chunk).every(take)) read.end = 'stopped'
      else if (chunk.length > rest) read.end = 'bytes'
      else if (stop.signal.aborted) read.end = 'time'
      if (read.end !== 'whole') break
    }
  } catch (error) {
    signal.throwIfAborted()
    if (stop.signal.aborted) read.end = 'time'
    else if (read.bytes > 0 && error instanceof KubeError) read.end = 'broken'
    else throw error
  } finally {
    clearTimeout(timer)
    stop.abort()
  }
  // The last line has no line feed if the container is still writing it or the read ended inside it.
  const last = lines.end()
  if (last !== undefined && read.end !== 'stopped') take(last)
  return read
}

function splitTime(line: string): LogLine {
  const match = TIME.exec(line)
  const text = terminalLine(match ? line.slice(match[0].length) : line)
  return { text: text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text, time: match?.[1] }
}

/** Splits bytes of any chunk size into lines. */
class LineSplitter {
  private readonly decoder = new TextDecoder()
  private pending = ''

  push(chunk: Uint8Array): string[] {
    const lines = (this.pending + this.decoder.decode(chunk, { stream: true })).split('\n')
    this.pending = lines.pop() ?? ''
    if (this.pending.length > MAX_PENDING) this.pending = shortened(this.pending)
    return lines
  }

  end(): string | undefined {
    const rest = this.pending + this.decoder.decode()
    this.pending = ''
    return rest === '' ? undefined : rest
  }
}

/** Keeps the node's time, the beginning, and the last states of a progress bar. */
function shortened(line: string): string {
  const time = TIME.exec(line)?.[0] ?? ''
  const state = line.lastIndexOf('\r', line.length - 2)
  return state < 0 ? line.slice(0, MAX_PENDING / 2) : time + line.slice(state).slice(0, MAX_PENDING / 2)
}
