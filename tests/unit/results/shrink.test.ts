import { describe, expect, it } from 'vitest'
import { shrinkText } from '../../../server/results'
import { present } from './load-fixture'

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `row ${index}`).join('\n')
const lastLine = (text: string): string => text.split('\n').at(-1) ?? ''

describe('shrinkText', () => {
  it('leaves what fits', () => {
    expect(shrinkText('a\nb', 3)).toBe('a\nb')
  })

  it('keeps the first lines and says how many are gone', () => {
    const text = shrinkText(lines(1000), 200)
    expect(text.length).toBeLessThanOrEqual(200)
    expect(text).toMatch(/^row 0\nrow 1\n/)
    const kept = text.split('\n').length - 1
    expect(lastLine(text)).toBe(
      `… ${1000 - kept} more lines of this older result left out. Call the tool again to see them.`,
    )
  })

  it('counts on when it is called again', () => {
    const once = shrinkText(lines(1000), 400)
    const twice = shrinkText(once, 200)
    expect(twice).toBe(shrinkText(lines(1000), 200))
    expect(twice.match(/more lines/g)).toHaveLength(1)
  })

  it('keeps the line in which an earlier cut says what the result lacks', () => {
    const summary = '… 4,873 of 5,000 rows left out (statuses: 4,990 Running, 10 CrashLoopBackOff).'
    const text = shrinkText(`${lines(200)}\n${summary}`, 300)
    expect(text.length).toBeLessThanOrEqual(300)
    expect(text.split('\n').at(-2)).toBe(summary)
    expect(lastLine(text)).toMatch(/more lines of this older result left out/)
    expect(shrinkText(text, 100)).toBe(summary)
  })

  it('keeps the beginning of a single long line', () => {
    const text = shrinkText('x'.repeat(1000), 200)
    expect(text.length).toBeLessThanOrEqual(200)
    expect(text).toMatch(/^x{20,}…\n… 1 more lines/)
  })

  it.each([0, 1, 10, 50, 90, 110, 130, 500, 800])('keeps to %d characters for any text', (maxChars) => {
    for (const text of [
      lines(300),
      'y'.repeat(3000),
      '🚀'.repeat(900),
      '\n'.repeat(2000),
      present('kubernetes-mcp-server/pods_list', 700).forModel,
    ]) {
      const short = shrinkText(text, maxChars)
      expect(short.length).toBeLessThanOrEqual(maxChars)
      expect(short.isWellFormed()).toBe(true)
      expect(shrinkText(short, maxChars)).toBe(short)
    }
  })
})
