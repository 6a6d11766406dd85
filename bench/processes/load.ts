/**
 * The load generator: sends one question on each of many connections and reads the tokens' stamps over raw sockets that
 * share one buffer. Prints `begun` and `ended` around the window, then a LoadReport as JSON.
 */
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { loadOrderSchema } from '../load'
import type { LoadReport } from '../load'
import { nowMicros, readStamps } from '../stamp'
import { percentile } from '../stats'
import { loadSince } from './event-loop-load'

const { port, path, body, streams, rampMs, settleMs, windowMs } = loadOrderSchema.parse(
  JSON.parse(process.argv[2] ?? ''),
)
const bytes = Buffer.byteLength(body)
const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ncontent-length: ${bytes}\r\n\r\n`

/** Time limit until all connections stream, in milliseconds. */
const BEGIN_MS = 60_000

/** Shared by all sockets: each read is scanned before the next socket reads. */
const shared = Buffer.alloc(64 * 1024)

const lateMs: number[] = []
let measuring = false
let refused = 0
let closed = 0
/** Connections that received tokens. */
let streaming = 0

function open() {
  let rest = ''
  let begun = false
  let first = true
  const read = (length: number, buffer: Uint8Array) => {
    const now = nowMicros()
    const text = rest + Buffer.from(buffer.buffer, buffer.byteOffset, length).toString('latin1')
    if (!begun) {
      begun = true
      if (!text.startsWith('HTTP/1.1 200')) refused++
    }
    rest = readStamps(text, (sentAt) => {
      if (first) streaming++
      first = false
      if (measuring) lateMs.push((now - sentAt) / 1000)
    })
    return true
  }
  const socket = connect({ host: '127.0.0.1', port, noDelay: true, onread: { buffer: shared, callback: read } })
  socket.write(head + body)
  socket.once('error', () => undefined)
  socket.once('close', () => closed++)
  return socket
}

const sockets = []
for (let at = 0; at < streams; at++) {
  sockets.push(open())
  await delay(rampMs / streams)
}
// Waits until all of them stream: starting a turn costs far more than a token.
for (const deadline = performance.now() + BEGIN_MS; streaming < streams && performance.now() < deadline;)
  await delay(50)
await delay(settleMs)
const load = loadSince()
load()
console.log('begun')
measuring = true
const startedAt = performance.now()
await delay(windowMs)
measuring = false
const ms = performance.now() - startedAt
console.log('ended')
const busy = load()
const report: LoadReport = {
  tokensPerSecond: (lateMs.length * 1000) / ms,
  p50: percentile(lateMs, 0.5),
  p99: percentile(lateMs, 0.99),
  busy,
  streaming,
  refused,
  broken: closed,
}
console.log(JSON.stringify(report))
for (const socket of sockets) socket.destroy()
