import { describe, expect, it } from 'vitest'
import { logLevel, logLevels, type LogLevel } from '../../../../../utils/result/log/logLevels'
import { findHits, splitHits, stripAnsi } from '../../../../../utils/result/log/logSearch'

const lines: [string, LogLevel | undefined][] = [
  ['E0102 15:04:05.000000       1 reflector.go:147] failed', 'error'],
  ['I0102 15:04:05.000000       1 main.go:1] error is none', 'info'],
  ['W0102 15:04:05.000000       1 main.go:1] deprecated', 'warn'],
  ['F0102 15:04:05.000000       1 main.go:1] gone', 'fatal'],
  ['{"level":"error","msg":"INFO is not my level"}', 'error'],
  ['{"ts":1,"severity":"WARNING","message":"x"}', 'warn'],
  ['{"level":50,"time":1,"msg":"pino"}', 'error'],
  ['{"level":30,"time":1,"msg":"pino"}', 'info'],
  ['time="2024-01-02" level=fatal msg="no"', 'fatal'],
  ['2024-01-02T15:04:05.1Z ERROR could not connect', 'error'],
  ['2024/01/02 15:04:05 [error] 7#7: upstream', 'error'],
  ['2024-01-02 15:04:05 WARN  slow', 'warn'],
  ['2024-01-02T15:04:05Z INFO up', 'info'],
  ['FATAL: password authentication failed', 'fatal'],
  ['panic: runtime error: index out of range', 'fatal'],
  ['Error: Cannot find module', 'error'],
  ['java.lang.IllegalStateException: no', 'error'],
  ['Traceback (most recent call last):', 'error'],
  ['GET /errors 200', 'info'],
  ['{"level":"info","error":null}', 'info'],
  ['sync done: 0 errors', undefined],
  ['the information was logged', undefined],
  ['', undefined],
]

describe('logLevel', () => {
  it.each(lines)('%s', (line, level) => {
    expect(logLevel(line)).toBe(level)
  })

  it('gives an indented line the level of the one before', () => {
    expect(logLevels(['ERROR no', '    at main.js:1', 'plain', '  indented'])).toEqual([
      'error',
      'error',
      undefined,
      undefined,
    ])
  })
})

describe('searching', () => {
  it('counts every occurrence, without regard to case', () => {
    expect(findHits(['Error error', 'none', 'ERROR'], 'error')).toEqual([0, 0, 2])
    expect(findHits(['x'], '')).toEqual([])
  })

  it('takes the query as plain text', () => {
    expect(findHits(['a.b', 'axb', '(x)'], 'a.b')).toEqual([0])
    expect(findHits(['(x)'], '(')).toEqual([0])
  })

  it('cuts a line at its hits and loses nothing', () => {
    const segments = splitHits('An Error, an error.', 'error')
    expect(segments).toEqual([
      { text: 'An ', hit: false },
      { text: 'Error', hit: true },
      { text: ', an ', hit: false },
      { text: 'error', hit: true },
      { text: '.', hit: false },
    ])
    expect(splitHits('', 'x')).toEqual([{ text: '', hit: false }])
    expect(splitHits('İstanbul error', 'error')).toEqual([{ text: 'İstanbul error', hit: false }])
  })

  it('takes out the colours of a terminal', () => {
    expect(stripAnsi('\u001b[31mERROR\u001b[0m down\u001b[K')).toBe('ERROR down')
  })
})
