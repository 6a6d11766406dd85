import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { logText } from '../../../../shared/results/log-text'
import { gapMark } from '../../../../shared/results/log-lines'
import { estimateTokens } from '../../../../shared/results/tokens'
import type { Coverage, ResultNote } from '../../../../shared/result'
import { cpuMs } from '../../../support/cpu-time'

const fixture = (name: string) => readFileSync(new URL(`log-fixtures/${name}.txt`, import.meta.url), 'utf8')

function coverage(...notes: ResultNote[]): Coverage {
  return { scope: 'object', shown: 200, complete: false, notes }
}
const TAIL: ResultNote = {
  code: 'log-tail',
  params: { lines: 200 },
  text: 'The last 200 lines, from 2026-11-29 09:00:00 to 09:05:00 UTC; older lines exist and were not read.',
}
const WEB = { pod: 'web-6d5', namespace: 'shop', container: 'app', state: 'CrashLoopBackOff', coverage: coverage(TAIL) }

describe.each([600, 1200])('the line that matters reaches the model in %i tokens (logs-10)', (maxTokens) => {
  const read = (name: string) => {
    const text = logText({ text: fixture(name), ...WEB }, { maxTokens })
    expect(estimateTokens(text)).toBeLessThanOrEqual(maxTokens)
    return text
  }

  it('a Spring Boot stack trace with its last cause', () => {
    const text = read('java')
    expect(text).toContain('Unable to acquire JDBC Connection')
    expect(text).toMatch(/Caused by: .*HikariPool-1 - Connection is not available/)
  })

  it('both errors of klog among lines with "0 errors"', () => {
    const text = read('klog')
    expect(text).toContain('E1129 09:02:01.000001       1 leaderelection.go:330] error retrieving resource lock')
    expect(text).toContain('F1129 09:02:05.000001       1 main.go:99] leaderelection lost')
    expect(text).toContain('2 distinct errors')
  })

  it('the error of nginx, and no request to /error/404 as one', () => {
    const text = read('nginx')
    expect(text).toContain('[error] 7#7: *99 connect() failed (111: Connection refused)')
    expect(text).toContain('2 distinct errors')
  })

  it('the error of pino, its message in front', () => {
    expect(read('pino')).toContain('2026-11-29T09:00:31Z ERROR dial redis-old: no such host')
  })
})

describe('a log for the model', () => {
  it('names the pod, the container, the others, the run and the range (logs-2, large-6)', () => {
    const text = logText({
      text: 'ERROR boom',
      ...WEB,
      previous: true,
      others: [
        { name: 'init-db', init: true, state: 'Completed' },
        { name: 'istio-proxy', init: false, state: 'Running' },
      ],
    })
    expect(text.split('\n')).toEqual([
      'Log of pod shop/web-6d5, container app (CrashLoopBackOff), previous run.',
      'Other containers: init-db (init, Completed), istio-proxy (Running).',
      TAIL.text,
      'ERROR boom',
    ])
  })

  it('shows one line of a progress bar (logs-6)', () => {
    expect(logText({ text: fixture('progress'), source: 'x' })).toBe('Log of x.\nDownloading model 100.0%\ndone')
  })

  it('reports an empty log if nothing else says why', () => {
    expect(logText({ text: '' })).toBe('Log.\nThe log is empty.')
    expect(logText({ text: '', ...WEB })).not.toContain('empty')
  })

  it('says how much is left out', () => {
    const text = logText({ text: fixture('klog'), ...WEB }, { maxTokens: 600 })
    const shown = text.split('\n').filter((line) => /^[IEF]1129/.test(line)).length
    expect(text.split('\n').at(-1)).toContain(`Left out: ${242 - shown} of 242 lines that were read`)
    const gaps = [...text.matchAll(/^… \(([\d,]+) lines?\)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0)
    expect(gaps + shown).toBe(242)
  })

  it('shows a repeated error once with its count, and never hides a rare one', () => {
    const lines = Array.from(
      { length: 3_000 },
      (_, at) => `09:00:${at % 60} ERROR upstream ${at} timed out after ${at} ms`,
    )
    lines[40] = '09:00:40 ERROR disk full on /data'
    const text = logText({ text: lines.join('\n'), ...WEB }, { maxTokens: 600 })
    expect(text).toContain('disk full on /data')
    expect(text).toContain('(2,999 times)')
  })

  it('shows plain sentences of trouble if no line has a level', () => {
    const lines = Array.from({ length: 500 }, (_, at) => `step ${at} of the import is done and took ${at} ms`)
    lines[100] = 'dial tcp 10.0.0.1:5432: connect: connection refused'
    expect(logText({ text: lines.join('\n'), ...WEB }, { maxTokens: 600 })).toContain('connection refused')
  })

  it('puts matches of a search first', () => {
    const lines = Array.from(
      { length: 200 },
      (_, at) => `ERROR number ${'abcdefghij'[at % 10]}${'klmnopqrst'[at % 7]} failed`,
    )
    lines[90] = 'INFO renewed the certificate of shop'
    const params = { search: 'certificate', found: 'certificate' }
    const searched = coverage({ code: 'log-searched', params, text: 'Searched all 200,000 lines.' })
    const text = logText({ text: [gapMark(39_997), ...lines].join('\n'), coverage: searched }, { maxTokens: 400 })
    expect(text).toContain('INFO renewed the certificate of shop')
  })

  it('shows the lines next to a time that was asked for', () => {
    const words = (at: number) => [...String(at)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
    const lines = Array.from({ length: 400 }, (_, at) => `INFO handled order ${words(at)}`)
    const around = coverage({ code: 'log-around', params: { before: 200 }, text: 'The nearest 400 lines.' })
    const text = logText({ text: lines.join('\n'), coverage: around }, { maxTokens: 600 })
    expect(text).toContain(lines[199])
    expect(text).toContain(lines[200])
    expect(text).not.toContain(lines[399])
  })

  it('keeps within its room for any log', () => {
    const texts = [
      'x'.repeat(300_000),
      Array.from({ length: 5_000 }, (_, at) => `ERROR ${Math.sqrt(at).toString(36)} ${'y'.repeat(at % 900)}`).join(
        '\n',
      ),
      Array.from({ length: 2_000 }, (_, at) => `\tat frame${at}`).join('\n'),
      Array.from(
        { length: 3_000 },
        () => '{"level":50,"msg":"Lỗi kết nối cơ sở dữ liệu","err":{"stack":"a\\n b"}}',
      ).join('\n'),
    ]
    for (const text of texts)
      for (const maxTokens of [300, 600, 1200]) {
        let short = ''
        expect(cpuMs(() => (short = logText({ text, ...WEB }, { maxTokens })))).toBeLessThan(2_000)
        expect(estimateTokens(short)).toBeLessThanOrEqual(maxTokens)
      }
  })
})
