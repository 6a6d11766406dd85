import { describe, expect, it } from 'vitest'
import { readLines } from '../../../../../mcp/tools/logs/line-stream'
import type { LogLine } from '../../../../../mcp/tools/logs/line-stream'

const encode = (text: string) => new TextEncoder().encode(text)

async function read(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  limits: { maxBytes?: number; maxMs?: number } = {},
  onLine: (line: LogLine) => boolean | void = () => true,
) {
  const lines: LogLine[] = []
  const { maxBytes = 1_000_000, maxMs = 10_000 } = limits
  const signal = AbortSignal.timeout(10_000)
  const done = await readLines(
    async () =>
      (async function* () {
        yield* chunks
      })(),
    { maxBytes, maxMs, signal },
    (line) => {
      lines.push(line)
      return onLine(line)
    },
  )
  return { ...done, texts: lines.map(({ text }) => text), times: lines.map(({ time }) => time) }
}

describe('lines of a log as its bytes arrive', () => {
  it('joins lines and characters that are cut anywhere', async () => {
    const bytes = encode('2026-11-29T14:00:00.5Z Lỗi kết nối 🚢\n2026-11-29T21:00:01+07:00 two')
    const { texts, times, end, lines } = await read([...bytes].map((byte) => Uint8Array.of(byte)))
    expect(texts).toEqual(['Lỗi kết nối 🚢', 'two'])
    expect(times).toEqual(['2026-11-29T14:00:00.5Z', '2026-11-29T21:00:01+07:00'])
    expect({ end, lines }).toEqual({ end: 'whole', lines: 2 })
  })

  it('keeps the last state of a progress bar of many megabytes, and its time', async () => {
    const state = (at: number) => encode(`\rDownloading ${at} ${'#'.repeat(1_000)}`)
    const chunks = [
      encode('2026-11-29T14:00:00Z '),
      ...Array.from({ length: 5_000 }, (_, at) => state(at)),
      encode('\rdone\nnext\n'),
    ]
    const { texts, times } = await read(chunks, { maxBytes: 10_000_000 })
    expect(texts).toEqual(['done', 'next'])
    expect(times[0]).toBe('2026-11-29T14:00:00Z')
  })

  it('cuts a line without an end', async () => {
    const { texts } = await read(
      Array.from({ length: 300 }, () => encode('x'.repeat(10_000))),
      { maxBytes: 10_000_000 },
    )
    expect(texts).toHaveLength(1)
    expect(texts[0]?.length).toBeLessThan(20_000)
  })

  it('stops at its limit of bytes', async () => {
    const { texts, end, bytes } = await read([encode('one\ntwo\n'), encode('three\nfour\n')], { maxBytes: 11 })
    expect({ texts, end, bytes }).toEqual({ texts: ['one', 'two', 'thr'], end: 'bytes', bytes: 11 })
  })

  it('stops when the reader has enough', async () => {
    const { texts, end } = await read([encode('one\ntwo\nthree\n')], {}, ({ text }) => text !== 'two')
    expect({ texts, end }).toEqual({ texts: ['one', 'two'], end: 'stopped' })
  })

  it('stops at its limit of time if nothing arrives', async () => {
    const done = await readLines(
      (signal) =>
        Promise.resolve(
          (async function* () {
            yield encode('one\n')
            await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))
          })(),
        ),
      { maxBytes: 1_000, maxMs: 50, signal: AbortSignal.timeout(10_000) },
      () => true,
    )
    expect(done).toMatchObject({ end: 'time', lines: 1 })
  })
})
