import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { STDIO_DEFAULT_MAX_BUFFER_SIZE } from '@modelcontextprotocol/sdk/shared/stdio.js'
import { describe, expect, it, vi } from 'vitest'
import { LineBuffer } from '../../../../../server/mcp/connection/line-buffer'

const PIECE = 64 * 1024
const message = (id: number, text = '') => ({ jsonrpc: '2.0' as const, id, result: { text } })
const line = (...args: Parameters<typeof message>) => `${JSON.stringify(message(...args))}\n`

function feed(buffer: LineBuffer, bytes: Buffer, piece: number): unknown[] {
  const read: unknown[] = []
  for (let at = 0; at < bytes.length; at += piece) {
    buffer.append(bytes.subarray(at, at + piece))
    for (let next = buffer.readMessage(); next; next = buffer.readMessage()) read.push(next)
  }
  return read
}

describe('what a stdio server writes', () => {
  it.each([1, 7, 100, PIECE])('is read message by message, in pieces of %i bytes', (piece) => {
    const bytes = Buffer.from(line(1, 'ế\\n') + line(2) + line(3, 'x'.repeat(500)))
    expect(feed(new LineBuffer(), bytes, piece)).toEqual([message(1, 'ế\\n'), message(2), message(3, 'x'.repeat(500))])
  })

  it('is copied once for a line, however many pieces it comes in', () => {
    const concat = vi.spyOn(Buffer, 'concat')
    try {
      const read = feed(new LineBuffer(), Buffer.from(line(1, 'x'.repeat(5_000_000))), PIECE)
      expect(read).toHaveLength(1)
      expect(concat).toHaveBeenCalledTimes(1)
    } finally {
      concat.mockRestore()
    }
  })

  it('is refused if a line has no end, and read again after it', () => {
    const buffer = new LineBuffer()
    const endless = () => feed(buffer, Buffer.alloc(STDIO_DEFAULT_MAX_BUFFER_SIZE + PIECE, 'x'), PIECE)
    expect(endless).toThrow('more than')
    expect(feed(buffer, Buffer.from(line(2)), PIECE)).toEqual([message(2)])
  })

  it('is what the SDK’s transport keeps under the name that ours is put in for', () => {
    expect(Reflect.get(new StdioClientTransport({ command: 'true' }), '_readBuffer')).toBeDefined()
  })
})
