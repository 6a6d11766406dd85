import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  keyLines,
  logBlocks,
  parseJsonLine,
  readableLine,
  severitiesOf,
  severityOf,
  shortLine,
  terminalLine,
  terminalLines,
} from '../../../../shared/results/log-lines'
import type { LogLevel } from '../../../../shared/results/log-lines'
import { cpuMs } from '../../../support/cpu-time'

const fixture = (name: string) => readFileSync(new URL(`log-fixtures/${name}.txt`, import.meta.url), 'utf8')

describe('lines as a terminal shows them', () => {
  it('shows the last state of a progress bar (logs-6)', () => {
    expect(terminalLines(fixture('progress'))).toEqual(['Downloading model 100.0%', 'done'])
  })

  it('shows no control characters, and U+FFFD for a bad byte (logs-7)', () => {
    expect(terminalLines(fixture('terminal'))).toEqual([
      'ERROR boom',
      'nul::here',
      'bad byte: \uFFFD( end',
      'last line',
    ])
  })

  it.each([
    ['plain text\ttabbed', 'plain text\ttabbed'],
    ['\u001b[2K\u001b[1G⠋ building\u001b[2K\u001b[1G✔ built', '✔ built'],
    ['|\b/\b-\bdone', 'done'],
    ['\u001b]8;;https://example.com\u0007link\u001b]8;;\u0007 text', 'link text'],
    ['50%\r\r', '50%'],
    ['\u001b[38:2::255:0:0mred\u001b[m', 'red'],
    ['unfinished \u001b[3', 'unfinished '],
    ['\u009b31m C1', '31m C1'],
    ['', ''],
  ])('%j is %j', (line, shown) => {
    expect(terminalLine(line)).toBe(shown)
  })

  it('reads a line of escape characters in linear time', () => {
    const line = '\u001b[\u001b]'.repeat(200_000)
    expect(cpuMs(() => terminalLine(line))).toBeLessThan(2_000)
  })
})

const LEVELS: [string, LogLevel | undefined][] = [
  // An error by its word alone: it is none.
  ['I1129 09:00:00.123456       1 reflector.go:0] Watch close - *v1.Pod total 0 items received, 0 errors', 'info'],
  ['sync finished with 0 errors', undefined],
  ['{"msg":"request done","error":null}', undefined],
  ['request done error=null', undefined],
  ['batch done error_count=0 rows=12', undefined],
  ['10.0.0.1 - - [29/Nov/2026:09:00:00 +0000] "GET /login?next=/error/404 HTTP/1.1" 200 157 "-" "curl"', 'info'],
  ['GET /error/404 200 3ms', 'info'],
  ['2026-11-29 09:00:00.000  INFO 1 --- [main] c.e.Boot : ErrorHandler registered', 'info'],
  ['INFO ErrorHandler registered', 'info'],
  ['the information was logged', undefined],
  ['errors: []', undefined],
  ['Tests: 12 passed, failed 0', undefined],
  // An error without the word.
  ['{"level":50,"time":1795942831000,"msg":"x"}', 'error'],
  ['level=50 msg=x', 'error'],
  ['{"severity":"CRITICAL","message":"x"}', 'fatal'],
  ['F1129 09:02:05.000001       1 main.go:99] leaderelection lost', 'fatal'],
  ['E1129 09:02:01.000001       1 leaderelection.go:330] lost', 'error'],
  ['10.0.0.1 - - [29/Nov/2026:09:00:00 +0000] "GET /cart HTTP/1.1" 503 157 "-" "curl"', 'error'],
  ['[2026-11-22T08:00:09.311Z] "GET /cart HTTP/1.1" 503 UF upstream_reset - "-" 0 91 2', 'error'],
  ['[GIN] 2026/11/29 - 09:00:00 | 502 | 1.2ms | 10.0.0.1 | GET "/cart"', 'error'],
  ['{"status":503,"path":"/cart"}', 'error'],
  ['GET /cart 503 upstream connect error', 'error'],
  ['worker 0 ERROR cannot fork', 'error'],
  // Loggers' forms.
  ['2026/11/29 09:01:00 [error] 7#7: *99 connect() failed', 'error'],
  ['2026-11-29T09:00:00Z\terror\tcontroller\tReconciler failed', 'error'],
  ['2026-11-22T08:00:00.112Z info Envoy proxy is ready', 'info'],
  ['[09:00:00 ERR] Connection failed', 'error'],
  ['fail: Microsoft.Hosting[0] stopped', 'error'],
  ['2026-11-29 09:00:00.000 UTC [31] FATAL:  password authentication failed', 'fatal'],
  ['2026-11-29 09:00:00.000 UTC [31] LOG:  checkpoint complete', 'info'],
  ['npm ERR! code ENOENT', 'error'],
  ['SEVERE: Servlet threw exception', 'error'],
  ['time="2026-11-29" level=warning msg="slow"', 'warn'],
  ['panic: runtime error: index out of range [5]', 'fatal'],
  ['fatal error: all goroutines are asleep - deadlock!', 'fatal'],
  ["thread 'main' panicked at src/main.rs:4:5:", 'fatal'],
  ['Traceback (most recent call last):', 'error'],
  ['ValueError: bad value', 'error'],
  ['java.lang.OutOfMemoryError: Java heap space', 'error'],
  ['psql: error: could not translate host name', 'error'],
  // No level, but a sentence that something went wrong.
  ['dial tcp 10.0.0.1:5432: connect: connection refused', 'warn'],
  ['tls: certificate has expired', 'warn'],
  ['', undefined],
]

describe('severity of a line (logs-11)', () => {
  it.each(LEVELS)('%s', (line, level) => {
    expect(severityOf(line)).toBe(level)
  })

  it('gives a stack trace the level of its error', () => {
    expect(severitiesOf(['ERROR no', '\tat Main.java:1', 'Caused by: x', 'INFO plain'])).toEqual([
      'error',
      'error',
      'error',
      'info',
    ])
  })

  it.each(['a.'.repeat(20_000), '"GET '.repeat(20_000), '('.repeat(20_000), '{"'.repeat(20_000)])(
    'takes linear time',
    (line) => {
      const ms = cpuMs(() => [severityOf(line), logBlocks(['panic: x', line, 'ERROR x', line])])
      expect(ms).toBeLessThan(1_000)
    },
  )
})

describe('JSON lines (logs-12)', () => {
  it('reads the level, the time and the message of pino', () => {
    const line = fixture('pino').split('\n')[30] ?? ''
    expect(parseJsonLine(line)).toEqual({
      level: 50,
      time: 1795942831000,
      message: 'dial redis-old: no such host',
      fields: { err: { type: 'Error', code: 'ENOTFOUND' } },
    })
  })

  it('puts time, level and message in front, with the time as the reader wants it', () => {
    const line = '{"level":50,"time":1795942831000,"pid":1,"msg":"no such host","err":{"code":"ENOTFOUND"},"x":null}'
    expect(readableLine(line)).toBe('2026-11-29T09:00:31Z ERROR no such host err={"code":"ENOTFOUND"}')
    expect(readableLine(line, () => '16:00:31')).toBe('16:00:31 ERROR no such host err={"code":"ENOTFOUND"}')
  })

  it.each([
    ['zap, in seconds', '{"level":"info","ts":1795942831.5,"msg":"x"}', 1795942831500],
    ['nanoseconds', '{"time":1795942831000000000,"msg":"x"}', 1795942831000],
    ['RFC 3339', '{"@timestamp":"2026-11-29T09:00:31Z","message":"x"}', 1795942831000],
  ])('reads the time of %s', (_, line, time) => {
    expect(parseJsonLine(line)?.time).toBe(time)
  })

  it.each(['12345678901234567890123', '1e300', '1e999', '-1e300'])('takes %s for no time', (number) => {
    const line = `{"level":"error","ts":${number},"msg":"boom"}`
    expect(parseJsonLine(line)?.time).toBeUndefined()
    expect(readableLine(line)).toContain('boom')
  })

  it.each(['plain', '[1]', 'took {"a":1} of the rows {', '{"broken":', 'see the object {"a":1}'])(
    'leaves %s as it is',
    (line) => {
      expect(readableLine(line)).toBe(line)
    },
  )
})

describe('messages of several lines', () => {
  const key = (lines: string[]) => {
    const [block] = logBlocks(lines).filter(({ level }) => level === 'error' || level === 'fatal')
    return block ? keyLines(lines, block).map((index) => lines[index]) : []
  }

  it('finds the exception and the last cause of a Java stack trace', () => {
    const lines = fixture('java').split('\n')
    expect(key(lines).slice(1, 3)).toEqual([
      'org.springframework.dao.DataAccessResourceFailureException: Unable to acquire JDBC Connection',
      'Caused by: java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out after 30000ms',
    ])
  })

  it('finds the error at the end of a Python traceback', () => {
    const lines = [
      'ERROR:root:job failed',
      'Traceback (most recent call last):',
      '  File "/app/a.py", line 1, in <module>',
      '    run()',
      '  File "/app/b.py", line 7, in run',
      '    raise ValueError("bad")',
      'ValueError: bad',
      'INFO:root:next',
    ]
    expect(logBlocks(lines).map(({ start, end }) => [start, end])).toEqual([
      [0, 7],
      [7, 8],
    ])
    expect(key(lines)).toEqual(['ERROR:root:job failed', 'ValueError: bad', '  File "/app/b.py", line 7, in run'])
  })

  it('keeps a Go panic together', () => {
    const lines = [
      'panic: boom',
      '',
      'goroutine 1 [running]:',
      'main.(*T).run(0x1)',
      '\t/app/main.go:10 +0x1d',
      'exit status 2',
    ]
    expect(logBlocks(lines)).toEqual([{ start: 0, end: 6, level: 'fatal' }])
    expect(key(lines)).toEqual(['panic: boom', '\t/app/main.go:10 +0x1d'])
  })

  it('keeps errors apart that follow each other', () => {
    expect(logBlocks(['ERROR one', 'ERROR two', 'TypeError: x', 'RangeError: y'])).toHaveLength(3)
  })
})

describe('long lines', () => {
  it('keeps both ends, or the surroundings of the search term', () => {
    const line = `begin ${'x'.repeat(5_000)} needle ${'y'.repeat(5_000)} end`
    expect(shortLine(line, 200)).toMatch(/^begin x+ … y+ end$/)
    expect(shortLine(line, 200, 'NEEDLE')).toContain('needle')
    expect(shortLine(line, 200, 'needle').length).toBeLessThanOrEqual(210)
  })
})
